# The one door for work: the same commands for a person and for CI.
PYTHON ?= python3
VENV   ?= .venv
EXTRAS ?= dev,parquet
HOST   ?= 127.0.0.1
PORT   ?= 8765
SERVE  ?= 1
BIN     = $(VENV)/bin
RUN     = PYTHONPATH=src $(BIN)/python
STAMP   = $(VENV)/.sayso-stamp
DEVSTAMP = $(VENV)/.sayso-dev-stamp

.PHONY: demo test test-full test-postgres check format bench clean

$(STAMP): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(DEVSTAMP): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[$(EXTRAS)]"
	@touch $@

demo: $(STAMP)  ## reads the example pages, prints what they say, and serves the web app
	@rm -f demo.db demo.db-wal demo.db-shm
	$(BIN)/sayso --record demo.db read examples/
	@test "$(SERVE)" = 0 || $(BIN)/sayso --record demo.db serve --host $(HOST) --port $(PORT)

check: $(DEVSTAMP)  ## format, lint, types, floors
	$(BIN)/ruff format --check src tests tools
	$(BIN)/ruff check src tests tools
	$(BIN)/mypy
	PYTHONPATH=src $(BIN)/lint-imports --no-cache

test: check  ## what CI runs
	$(RUN) tools/check_docs.py
	$(RUN) tools/together.py $(RUN) tools/quality.py --small -- $(RUN) -m pytest -m "not full"

test-full: check  ## the long campaigns at their stated size
	$(RUN) tools/quality.py
	$(PYTHON) tools/with_postgres.py --if-there env $(RUN) -m pytest

test-postgres: $(DEVSTAMP)  ## the record and the archives on a PostgreSQL server of their own
	$(PYTHON) tools/with_postgres.py env PYTHONPATH=src $(BIN)/python -m pytest -m "not full" tests/record tests/scale

format: $(DEVSTAMP)
	$(BIN)/ruff format src tests tools
	$(BIN)/ruff check --fix src tests tools

bench: $(DEVSTAMP)  ## speeds as ratios, never asserted
	$(RUN) tools/bench.py
	$(RUN) tools/bench_pages.py
	$(RUN) tools/bench_bodies.py
	$(PYTHON) tools/with_postgres.py --if-there env $(RUN) tools/bench_scale.py

clean:
	rm -rf $(VENV) demo.db demo.db-wal demo.db-shm
