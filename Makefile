# The project's commands; `make help` lists them. Everything they set up lives in .venv/ and var/.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The suite's processes: one a core, four at most, since each makes a database of its own.
PROCESSES ?= $(shell cores=$$(nproc 2>/dev/null || echo 2); echo $$(( cores > 4 ? 4 : cores )))
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras \
	--allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host
# Made up: `check --deploy` looks at the settings of production and connects to nothing.
PRODUCTION := DATABASE_URL=postgresql://site@localhost/site SITE_ORIGIN=https://www.example.org \
	SECRET_KEY=made-up-for-the-checks-0123456789-abcdefghijklmnopqrstuvwxyz \
	FACTOR_KEYS=made-up-for-the-checks-0123456789
OUR_PYTHON = find manage.py aapm_site benchmarks content careers membership tests -name '*.py'
OUR_TEMPLATES = find templates -name '*.html'

.DEFAULT_GOAL := help
.PHONY: help run test check format lock bench

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/run.stamp ## Set everything up and serve the site on http://localhost:8000 (PORT=8001 changes it)
	@exec $(BIN)/python manage.py serve --stop-with-parent

test: $(VENV)/dev.stamp ## Set everything up, the browser too, and run the whole suite (ARGS="tests/core -x" narrows it)
	@CHROMIUM=$$(scripts/find-program chromium CHROMIUM chromium chromium-browser google-chrome) && export CHROMIUM && \
	CADDY=$$(scripts/find-program caddy CADDY caddy) && export CADDY && \
	REDIS=$$(scripts/find-program redis-server REDIS redis-server) && export REDIS && \
	exec $(BIN)/python -m pytest -n $(PROCESSES) --dist loadfile $(ARGS)

bench: $(VENV)/run.stamp ## Measure the site beside a hello-world of Django and print the table (ARGS="--seconds 10")
	@exec $(BIN)/python -m benchmarks $(ARGS)

check: $(VENV)/dev.stamp ## Lint, formats, types, import contracts, migrations and the deployment checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(OUR_TEMPLATES) -print0 | xargs -0 $(BIN)/djade --check --target-version 5.2
	$(OUR_PYTHON) -print0 | xargs -0 $(BIN)/django-upgrade --check --target-version 5.2 \
		--skip request_headers  # META is read on the page cache's way, where each microsecond counts
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

format: $(VENV)/dev.stamp ## Bring code and templates into form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	-$(OUR_TEMPLATES) -print0 | xargs -0 $(BIN)/djade --target-version 5.2

lock: $(VENV)/dev.stamp ## Renew requirements.lock and requirements-dev.lock from the .in files
	$(COMPILE) --output-file requirements.lock requirements.in
	$(COMPILE) --constraint requirements.lock --output-file requirements-dev.lock requirements-dev.in

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with PYTHON=/path/to/python3.11."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "The virtual environment cannot be made; on Debian install python3-venv."; exit 1; }

$(VENV)/run.stamp: requirements.lock | $(BIN)/python
	@echo "Installing the locked dependencies …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock | $(BIN)/python
	@echo "Installing the locked dependencies, with those of tests and checks …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/run.stamp
