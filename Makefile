.PHONY: run demo setup test lint bench faults lock screenshots clean

run: setup  ## Set up and start everything in one process; the chat page opens in your browser
	@.venv/bin/dondoc run

demo: setup  ## Walk one story from letter to confirmation, print it, and stop
	@.venv/bin/dondoc run --demo

setup:  ## Prepare .venv with what running needs
	@sh requirements/setup.sh run

test:  ## Set up, install the servers the tests start (SERVERS=no: don't), then lint, types, import rules and all tests
	@sh requirements/setup.sh dev
	@sh requirements/servers.sh
	@$(MAKE) --no-print-directory lint
	@.venv/bin/pytest -n 2 --dist loadfile $(ARGS)
	@sh requirements/servers.sh missing

lint:
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/lint-imports
	@.venv/bin/pyright --pythonpath .venv/bin/python

screenshots:  ## Take the pictures of the documentation anew (needs Chromium)
	@sh requirements/setup.sh dev
	@.venv/bin/python docs/take_screenshots.py

bench:  ## Measure the delivery road beside Celery and dramatiq (an hour; ARGS=quick: some minutes), one table
	@sh requirements/setup.sh bench
	@sh requirements/servers.sh
	@.venv/bin/python -m benchmarks.road $(ARGS)

faults:  ## Kill processes and servers a thousand times and compare the vendor's ledger with the outbox
	@sh requirements/setup.sh bench
	@sh requirements/servers.sh
	@.venv/bin/python -m benchmarks.faults $(ARGS)

lock:  ## Renew the exact versions in requirements/*.txt from pyproject.toml
	@sh requirements/lock.sh

clean:
	rm -rf .venv build *.egg-info .pytest_cache .ruff_cache .hypothesis
