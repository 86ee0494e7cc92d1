"""When: what is due now becomes Reminders and Events (`tick`), and Events go to the broker (`forward`)."""
