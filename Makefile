# povreg: `make run` starts it, `make test` checks everything. See README.md and docs/operations.md.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test check lint bench demo docs lock format

# The Python that makes .venv: the first of these that is 3.11 or newer, or the one given as PYTHON=
PYTHON ?=
PYTHONS := $(or $(PYTHON),python3 python3.13 python3.12 python3.11)
BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-header --no-emit-index-url --no-emit-find-links
CODE := povreg households programs reports tests benchmarks manage.py

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

run: .venv/installed .venv/catalogs ## start everything; Ctrl-C stops everything
	@exec $(BIN)/python -m povreg.supervisor

demo: ## like run, with a whole invented province (a quarter of an hour), in a home that is thrown away first
	@rm -rf .local/demo && POVREG_HOME=.local/demo POVREG_DEMO=province $(MAKE) --no-print-directory run

# One core installs and checks; beside it the other gets Chromium, then the tests' database
test: ## install what tests need, check, and run every test
	@bash .ci/chromium & chromium=$$!; \
	$(MAKE) --no-print-directory .venv/installed-dev .venv/catalogs; \
	$(BIN)/python -m tests.prepared_database & prepared=$$!; \
	$(MAKE) --no-print-directory lint; \
	wait $$prepared; wait $$chromium
	@$(BIN)/python -m pytest -n auto --dist loadfile --max-worker-restart 1

check: lint ## format, lint, types, layers, templates, migrations
	@$(BIN)/python -m pytest -q tests/architecture

lint: .venv/installed-dev
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python manage.py makemigrations --check --dry-run

format: .venv/installed-dev ## put code and templates into the house's form
	@$(BIN)/ruff format $(CODE) && $(BIN)/ruff check --fix $(CODE)

bench: .venv/installed-dev ## one benchmark of benchmarks/: make bench NAME=rescoring
	@POVREG_HOME=.local/bench-home $(BIN)/python manage.py bench $(NAME)

docs: .venv/installed ## write the pages that are made from code (docs/review-states.md)
	@$(BIN)/python manage.py review_states

lock: .venv/installed-dev ## make requirements*.lock again from requirements*.txt
	@$(COMPILE) requirements.txt --output-file requirements.lock
	@$(COMPILE) requirements-dev.txt --output-file requirements-dev.lock --constraints requirements.lock

.venv/bin/python:
	@python=; for name in $(PYTHONS); do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then python=$$name; break; fi; done; \
	if [ -z "$$python" ]; then \
	  echo "povreg: cần Python 3.11 trở lên (đã thử: $(PYTHONS)). / Python 3.11 or newer is needed; name one with PYTHON=…" >&2; exit 1; fi; \
	rm -rf .venv; \
	if ! "$$python" -m venv .venv >/dev/null 2>&1; then rm -rf .venv; \
	  echo "povreg: $$python thiếu module venv (Debian/Ubuntu: apt install python3-venv). / This Python cannot make a virtual environment." >&2; exit 1; fi

.venv/installed: .venv/bin/python requirements.lock
	@echo "Đang cài các gói (lần đầu mất vài phút)… / Installing packages…"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.venv/catalogs: .venv/installed $(wildcard locale/*/LC_MESSAGES/*.po)
	@$(BIN)/python manage.py catalog compile
	@touch $@
