# One word per chore. `make` alone lists them; README.md and CONTRIBUTING.md say when to use which.
# Every target checks for itself what it needs, and says nothing where nothing is to do.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.SILENT:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PY := .venv/bin/python
TEMPLATES := $(shell find templates -name '*.html' 2>/dev/null)
# By name: what Node makes of a folder differs between its versions.
JS_TESTS := $(shell find tests/js -name '*.test.*js' 2>/dev/null | sort)
# The checks read the settings but must leave no key behind.
CHECK_ENV := SECRET_KEY=for-checks-only-0123456789abcdefghijklmnopqrstuvwxyz DATA_DIR=build/data

##@ Use it

.PHONY: help
help: ## Show this list
	awk 'BEGIN {FS = ":.*## "} /^##@ / {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z0-9-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

.PHONY: setup
setup: ## Make .venv and install what the app needs
	scripts/venv.sh base

.PHONY: run
run: setup ## Prepare the data and serve at http://127.0.0.1:8000 (PORT and DATA_DIR change where)
	exec scripts/run.sh

##@ Change it

.PHONY: test
test: test-py test-postgres test-js test-e2e ## Run every test

.PHONY: test-py
test-py: ## Python tests on SQLite, with coverage
	scripts/venv.sh test
	$(PY) -m pytest -q --ignore=tests/e2e --dist=worksteal --cov --cov-report=term $(ARGS)

.PHONY: test-postgres
test-postgres: ## All that touches the database again, on a throwaway PostgreSQL
	scripts/venv.sh test
	$(PY) scripts/postgres.py $(PY) -m pytest -q -p tests.database_only --ignore=tests/e2e --ignore=tests/project --dist=worksteal $(ARGS)

.PHONY: test-js
test-js: ## JavaScript tests in Node's own runner (skipped without Node)
	scripts/node.sh "the JavaScript tests" --bare && node --test $(JS_TESTS) || [ $$? = 3 ]

# They wait for clocks more than they work, so three share two cores well.
.PHONY: test-e2e
test-e2e: ## Browser tests in the system's Chromium
	scripts/venv.sh test
	CHROMIUM="$$(scripts/chromium.sh)" && export CHROMIUM && $(PY) -m pytest -q tests/e2e --numprocesses=3 --dist=worksteal --timeout=180 --timeout-method=thread $(ARGS)

.PHONY: check
check: check-py check-templates check-js ## Linters, types, architecture and spelling

.PHONY: check-py
check-py:
	scripts/venv.sh dev
	.venv/bin/ruff check --quiet
	.venv/bin/ruff format --check --quiet || { echo "Some files are not formatted: make format"; exit 1; }
	$(CHECK_ENV) .venv/bin/mypy --no-error-summary
	mkdir -p build
	$(CHECK_ENV) .venv/bin/lint-imports --no-logo >build/import-linter.log 2>&1 || { cat build/import-linter.log; exit 1; }
	git ls-files -z | xargs -0 .venv/bin/codespell
	$(PY) scripts/vendor.py --check

.PHONY: check-templates
check-templates:
	scripts/venv.sh dev
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/djade --check --target-version 6.1 $(TEMPLATES)

.PHONY: check-js
check-js:
	scripts/node.sh "the JavaScript checks" && \
		node_modules/.bin/tsc --project tsconfig.json && node_modules/.bin/biome ci --colors=off . || [ $$? = 3 ]

.PHONY: format
format: ## Put the code into the project's style
	scripts/venv.sh dev
	.venv/bin/ruff check --quiet --fix-only
	.venv/bin/ruff format --quiet
	.venv/bin/djade --target-version 6.1 $(TEMPLATES) || true
	scripts/node.sh "formatting JavaScript and CSS" && node_modules/.bin/biome check --write --log-level=error . || [ $$? = 3 ]

.PHONY: screenshots
screenshots: ## Take the README's pictures anew, with made-up data
	scripts/venv.sh test
	CHROMIUM="$$(scripts/chromium.sh)" && export CHROMIUM && $(PY) scripts/screenshots.py

.PHONY: bench
bench: ## Server CPU per page, beside a bare Django page
	scripts/venv.sh base
	$(PY) scripts/bench.py $(ARGS)

.PHONY: bench-history
bench-history: ## History with 10 and with 10,000 sessions (ARGS=--postgres for the other database)
	scripts/venv.sh test
	$(PY) scripts/bench_history.py $(ARGS)

.PHONY: bench-player
bench-player: ## How well the player keeps time, visible, hidden, frozen and reloaded
	scripts/venv.sh test
	CHROMIUM="$$(scripts/chromium.sh)" && export CHROMIUM && $(PY) scripts/bench_player.py $(ARGS)

.PHONY: trials
trials: ## Kill servers, cut networks, repeat posts: nothing may be lost or doubled (takes a while)
	scripts/venv.sh test
	CHROMIUM="$$(scripts/chromium.sh)" && export CHROMIUM && $(PY) scripts/trials.py $(ARGS)

.PHONY: mutants
mutants: ## Bring in 10,000 files that are wrong in some way: no error, nothing taken by half (takes a while)
	scripts/venv.sh test
	MUTANTS=10000 $(PY) -m pytest -q -s -n 0 --timeout=7200 -k mutants tests/tracking/test_exchange_import.py $(ARGS)

##@ Maintain it

.PHONY: lock
lock: ## Compile requirements/*.txt from pyproject.toml (UPGRADE=1 for the newest)
	scripts/venv.sh dev
	scripts/lock.sh

.PHONY: vendor
vendor: ## Copy htmx, SortableJS and the rest out of node_modules
	npm ci --loglevel=error --no-progress
	python3 scripts/vendor.py

.PHONY: clean
clean: ## Remove what can be made again; data/ stays
	rm -rf .venv .python build node_modules htmlcov .coverage .coverage.* \
		.pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
