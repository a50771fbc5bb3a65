# Everything here needs Python 3.11 or newer and make. `make help` lists the targets.

PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)
BIN := .venv/bin
READY := .venv/.installed
WORKERS ?= 4

.DEFAULT_GOAL := help
.PHONY: help run test check fmt lock bench

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(READY) ## Serve the practice room on this machine
	@$(BIN)/python app.py

test: $(READY) ## Run every test; browser tests too where Chromium is installed
	@$(BIN)/pytest --numprocesses auto --maxprocesses $(WORKERS) --dist loadgroup

check: $(READY) ## Check formatting, lint and types
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/ruff check --quiet
	@$(BIN)/pyright

fmt: $(READY) ## Format, and fix what lint can fix
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

bench: $(READY) ## Measure start-up and the time an embedded turn takes
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

lock: ## Resolve pyproject.toml into requirements.lock (UPGRADE=--upgrade for newer versions)
	@$(need_python)
	@set -e; uv=$$(command -v uv || true); scratch=$$(mktemp -d); \
	trap 'rm -rf "$$scratch"' EXIT; \
	if [ -z "$$uv" ]; then \
		$(PYTHON) -m venv "$$scratch"; \
		"$$scratch/bin/python" -m pip install --quiet --disable-pip-version-check uv; \
		uv="$$scratch/bin/uv"; \
	fi; \
	"$$uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 --extra dev --extra dbos --extra otel \
		--generate-hashes --no-emit-index-url --no-header --no-annotate \
		$(UPGRADE) -o requirements.lock

# The stamp is written last, so that an installation cut short is made again.
$(READY): requirements.lock pyproject.toml
	@$(need_python)
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| $(PYTHON) -m venv --clear .venv
	@echo "Installing what requirements.lock names, once. This takes a minute or two."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

PIP = $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input

define need_python
test -n "$(PYTHON)" || { \
	echo "hotseat needs Python 3.11 or newer, and none was found on the path."; \
	echo "  fix: install it, or name it: make PYTHON=python3.12 run"; \
	exit 1; } >&2
endef
