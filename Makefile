# make run    install, index the corpus, serve the page on http://127.0.0.1:7860
# make test   install, then linters, types and the whole test suite
# make mutate break the pure modules in small places and list what no test noticed
# make lock   write requirements.lock and requirements-test.lock anew after a changed pin;
#             make lock UPGRADE=--upgrade takes the newest of everything that is not pinned
# Another Python: make run PYTHON=/path/to/python3.12

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.10 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1 \
	&& echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
MADE := $(VENV)/made
INSTALLED := $(VENV)/installed
TEST_INSTALLED := $(VENV)/installed-test
LOCK_TOOL := $(VENV)/lock-tool/bin/uv
MUTMUT := $(BIN)/mutmut
PIP := $(BIN)/python -m pip install --disable-pip-version-check
LOCKED := $(PIP) --require-hashes --no-deps

.PHONY: run test lint index bench mutate lock clean

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

# What still works when the code is broken in one small place: such mutants are listed at the end.
mutate: $(MUTMUT)
	$(MUTMUT) run --max-children 2
	$(MUTMUT) results

# The locks hold for every supported Python and system. What they keep of torch: see lock.awk.
LOCK := $(LOCK_TOOL) pip compile --quiet --universal --python-version 3.10 --generate-hashes \
	--custom-compile-command "make lock" $(UPGRADE)

lock: $(LOCK_TOOL)
	cp requirements.lock $(VENV)/all.lock
	$(LOCK) requirements.txt --output-file $(VENV)/all.lock
	awk -f lock.awk $(VENV)/all.lock > $(VENV)/kept.lock
	mv $(VENV)/kept.lock requirements.lock
	$(LOCK) requirements-test.txt --constraints requirements.lock --output-file requirements-test.lock

clean:
	rm -rf $(VENV) build dist mutants *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps are written last, so a step that was cut short is done again.
$(MADE):
	@test -n "$(PYTHON)" || { echo "No Python 3.10 or newer was found. Install one, or name it: make $(or $(MAKECMDGOALS),run) PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || { echo "$(PYTHON) is not Python 3.10 or newer. Name one that is: make $(or $(MAKECMDGOALS),run) PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

# All but torch comes from the lock, checked by its hashes; torch then from requirements.txt.
$(INSTALLED): requirements.lock requirements.txt $(MADE)
	$(LOCKED) -r requirements.lock
	$(PIP) -r requirements.txt
	@touch $@

$(TEST_INSTALLED): requirements-test.lock $(INSTALLED)
	$(LOCKED) -r requirements-test.lock
	@touch $@

$(MUTMUT): $(TEST_INSTALLED)
	$(PIP) mutmut==3.8.1
	@touch $@

$(LOCK_TOOL): $(MADE)
	$(BIN)/python -m venv $(VENV)/lock-tool
	$(VENV)/lock-tool/bin/python -m pip install --disable-pip-version-check uv==0.13.9
	@touch $@
