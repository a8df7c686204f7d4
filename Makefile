# make run    install, index the corpus, serve the page on http://127.0.0.1:7860
# make test   install, then linters, types and the whole test suite
# Another Python: make run PYTHON=/path/to/python3.12

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.10 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1 \
	&& echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
TEST_INSTALLED := $(VENV)/installed-test
PIP := $(BIN)/python -m pip install --disable-pip-version-check

.PHONY: run test lint index bench clean

run: $(INSTALLED)
	@$(BIN)/python -m qa status >/dev/null 2>&1 || $(BIN)/python -m qa index
	$(BIN)/python app.py

test: lint
	$(BIN)/python -m pytest

lint: $(TEST_INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

index: $(INSTALLED)
	$(BIN)/python -m qa index

bench: $(TEST_INSTALLED)
	$(BIN)/python benchmarks/cold_ask.py
	$(BIN)/python benchmarks/ask_latency.py
	$(BIN)/python benchmarks/server_memory.py

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps are written last, so a step that was cut short is done again.
$(VENV)/made:
	@test -n "$(PYTHON)" || { echo "No Python 3.10 or newer was found. Install one, or name it: make $(or $(MAKECMDGOALS),run) PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || { echo "$(PYTHON) is not Python 3.10 or newer. Name one that is: make $(or $(MAKECMDGOALS),run) PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(INSTALLED): requirements.txt $(VENV)/made
	$(PIP) -r requirements.txt
	@touch $@

$(TEST_INSTALLED): requirements-test.txt $(INSTALLED)
	$(PIP) -r requirements-test.txt
	@touch $@
