# Every target sets up what it needs in $(VENV).
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench format
.DELETE_ON_ERROR:

$(VENV)/.dev: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(VENV)/.bench: $(VENV)/.dev
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	@touch $@

demo: $(VENV)/.dev  ## clean and score the sample articles, show what went and why
	$(BIN)/cleaner clean seeds/raw -o out/demo
	$(BIN)/cleaner score seeds/raw seeds/gold
	$(BIN)/cleaner diff seeds/raw/ferry-dispute-translated-wire.txt

test: $(VENV)/.dev  ## run all tests
	$(BIN)/python -m pytest

check: $(VENV)/.dev  ## lint, types, rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/cleaner rules lint

bench: $(VENV)/.bench  ## accuracy and speed, on the data in $$CLEANER_DATA
	$(BIN)/python -m benchmarks.accuracy --sample 60
	$(BIN)/python -m benchmarks.speed

format: $(VENV)/.dev  ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
