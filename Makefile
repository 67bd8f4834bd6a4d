# Sets itself up from a fresh clone: it needs Python 3.11 or later and make, and nothing else.
# ARGS="..." goes to what a target runs: make test ARGS="tests/shape -q", make demo ARGS="--port 9000".

ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
# What demo needs, unless everything that developers need is there already.
READY := $(if $(wildcard $(VENV)/.dev),$(VENV)/.dev,$(VENV)/.base)

.DEFAULT_GOAL := help
.PHONY: help demo dev test check lint fix bench soak setup install requirements
.DELETE_ON_ERROR:

help:
	@echo 'make demo    run a demo publication and print its addresses (Ctrl-C stops it)'
	@echo 'make dev     run a publication in ./publication that restarts when code changes'
	@echo 'make test    run the test suite'
	@echo 'make check   run what CI runs: lint, types, migrations, tests'
	@echo 'make fix     format the code and mend what can be mended'
	@echo 'make bench   measure and print the tables of bench/'
	@echo 'make soak    run the big products of tests whole (long)'
	@echo 'ARGS="..." goes to what the target runs.'

demo: $(READY)
	@$(BIN)/masthead demo $(ARGS)

dev: $(VENV)/.dev
	@$(BIN)/masthead dev --dir publication $(ARGS)

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

check: lint test

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy masthead tests bench tools
	$(BIN)/python -m django makemigrations --check --dry-run --settings tests.settings

fix: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev
	@$(BIN)/python -m bench $(ARGS)

soak: $(VENV)/.dev
	@$(BIN)/python -m pytest -n auto --dist loadfile -m soak $(ARGS)

setup: $(VENV)/.dev

# For a server: the command and what it runs on, without what developers need.
install: $(READY)

$(VENV)/.uv:
	@set -e; for python in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
	  if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "Setting up $(VENV) with $$("$$python" --version) ..." >&2; \
	    "$$python" -m venv $(VENV); \
	    $(BIN)/python -m pip --disable-pip-version-check install --quiet uv; \
	    touch $@; exit 0; \
	  fi; \
	done; \
	echo 'Masthead needs Python 3.11 or later with its venv module, and found none.' >&2; \
	echo 'On Debian and Ubuntu: apt-get install python3-venv. Or name one: make PYTHON=/path/to/python' >&2; \
	exit 1

$(VENV)/.base $(VENV)/.dev: $(VENV)/.%: requirements/%.txt pyproject.toml $(VENV)/.uv
	@echo "Installing requirements/$*.txt ..." >&2
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/$*.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

# After a change of dependencies in pyproject.toml; ARGS="--upgrade" takes newer versions.
requirements: $(VENV)/.uv
	@cd requirements && for kind in base dev; do \
	  ../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    ../pyproject.toml --group ../pyproject.toml:build \
	    $$(test $$kind = dev && echo --extra scale --group ../pyproject.toml:dev --constraints base.txt) \
	    --output-file $$kind.txt $(ARGS); \
	done
