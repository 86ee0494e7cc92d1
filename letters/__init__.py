"""What a letter says: text → `models.reading.Reading`. Pure: no database, no clock, no network."""
