# Two commands are enough: `make demo` and `make test`. Everything they make lies in .venv and .local.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
RUN := $(VENV)/bin/python
PIN := $(VENV)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help demo dev test bench check backup restore format messages requirements sbom clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/local ## the whole product on http://127.0.0.1:8000, as production runs it (PORT= changes it)
	@PORT=$(PORT) $(RUN) -m stemhulp.local demo

dev: $(VENV)/local ## the same with Django's server, which reloads on change
	@PORT=$(PORT) $(RUN) -m stemhulp.local dev

test: $(VENV)/dev ## all tests, on PostgreSQL; ARGS="tests/quiz -k cookie" chooses
	@$(RUN) -m pytest --numprocesses=auto $(ARGS)

bench: $(VENV)/dev ## the figures: one JSON object per line (QUICK=1 is shorter)
	@$(RUN) -m tests.load

check: $(VENV)/dev ## linters, types, import contracts, migrations that are missing or stop what serves
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/djlint --check --lint --quiet templates
	STEMHULP_HOME=.local/check $(VENV)/bin/python manage.py makemigrations --check --dry-run
	STEMHULP_HOME=.local/check DJANGO_SETTINGS_MODULE=tests.deploy.linting \
	  $(VENV)/bin/python manage.py lintmigrations --quiet ok ignore
	SECRET_KEY=only-for-types-q8Zr2LxVn5TcWb7Ky4MdHs9PfJg3XwRa6UeCt \
	  DATABASE_URL=postgres:///none SITE_URL=http://none DEMO=on \
	  $(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

backup: $(VENV)/local ## the database in one file (TO=file), of DATABASE_URL or else of the demo
	@$(RUN) -m stemhulp.backup make $(TO)

restore: $(VENV)/local ## that file (FROM=file) into an empty database, and verified; FORCE=1 replaces
	@$(RUN) -m stemhulp.backup restore $(FROM) $(if $(FORCE),--force)

format: $(VENV)/dev ## rewrite code and templates in the one style
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	-$(VENV)/bin/djlint --reformat --quiet templates

messages: $(VENV)/dev ## what voters read, collected for every language, and compiled (wants gettext)
	@$(RUN) -m tests.languages

requirements: $(VENV)/dev ## compile pyproject.toml into the pinned requirements; UPGRADE="--upgrade-package x"
	cd requirements && ../$(PIN) $(UPGRADE) ../pyproject.toml --output-file runtime.txt \
	  && for extra in local sentry dev; do ../$(PIN) $(UPGRADE) --constraint runtime.txt \
	    --extra $$extra ../pyproject.toml --output-file $$extra.txt; done

sbom: $(VENV)/dev ## what the product is made of, as CycloneDX (TO=file; else on the screen)
	@$(RUN) -W ignore::UserWarning -m cyclonedx_py requirements --output-reproducible \
	  --pyproject pyproject.toml --output-file $(or $(TO),-) requirements/runtime.txt

clean: ## remove everything the commands made, the demo's data too
	@rm -rf $$(cat .local/postgres/elsewhere .local/*/postgres/elsewhere 2>/dev/null)
	rm -rf $(VENV) .local .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# A virtual environment with hash-checked packages; what is there already is not installed again.
$(VENV)/python: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' \
	  || { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/local: requirements/local.txt | $(VENV)/python
	@echo "Installing packages into $(VENV) ..."
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/dev: requirements/dev.txt | $(VENV)/python
	@echo "Installing packages for development into $(VENV) ..."
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@ $(VENV)/local
