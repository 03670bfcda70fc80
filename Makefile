# make run     set up what is missing, index the sample collection, chat on http://127.0.0.1:7860
# make test    run all tests
# make check   ruff and mypy
# make bench   speed and memory, as a table
# make eval    the fixed questions of the sample collection
# make clean   remove the environment and all caches, but no store
#
# Each works as the first command in a fresh clone. Another Python: make run PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
INSTALL := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install -c constraints.txt

.PHONY: run test check bench eval clean seeds
.DEFAULT_GOAL := run

run: seeds
	$(BIN)/askdesk serve

seeds: $(VENV)/askdesk.stamp
	$(BIN)/askdesk index seeds

test: $(VENV)/askdesk-dev.stamp
	$(BIN)/python -m pytest

check: $(VENV)/askdesk-dev.stamp
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/askdesk.stamp
	$(BIN)/python -m benchmarks.speed

eval: seeds
	$(BIN)/askdesk eval seeds/questions.jsonl

# A stamp is written last, so that an interrupted set-up is simply repeated.
$(VENV)/askdesk.stamp: $(VENV)/python.stamp pyproject.toml constraints.txt
	@echo "Installing askdesk and what it needs; the first time this takes some minutes."
	$(INSTALL) --editable .
	@touch $@

$(VENV)/askdesk-dev.stamp: $(VENV)/python.stamp pyproject.toml constraints.txt
	@echo "Installing askdesk, what it needs and what its tests need; the first time this takes some minutes."
	$(INSTALL) --editable ".[dev]"
	@touch $(VENV)/askdesk.stamp $@

$(VENV)/python.stamp:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
	  echo "askdesk needs Python 3.11 or later, and '$(PYTHON)' is not. Name one: make $(or $(MAKECMDGOALS),run) PYTHON=python3.12"; \
	  exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

clean:
	rm -rf $(VENV) build dist src/askdesk.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .cache
	find src tests training benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
