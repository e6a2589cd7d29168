# make run    the site at 127.0.0.1:8000 with the demonstration data and a worker
# make test   the suite on the embedded default (SQLite, files); no server needed
# make test-services   the suite on PostgreSQL and Redis
# make explore  the property tests on new examples
# make check  lint, types, import contracts, templates, migrations, diagrams, catalogue
# make bench  measures against floors of the same run, writes bench/results.md

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1:8000
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
DEMO := TSUNAGU_DEMO=1 BASE_URL=http://$(ADDRESS)
# Browser tests look for Chromium here; empty lets them look in the usual places.
export CHROMIUM ?=
SERVICES := DATABASE_URL=$${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres} \
	CELERY_BROKER_URL=$${CELERY_BROKER_URL:-redis://127.0.0.1:6379/5}
# A file stays together and tests/conftest.py says which come first: the long ones, or one of them runs alone at the end.
PARALLEL := -n auto --dist loadscope --no-loadscope-reorder
.DEFAULT_GOAL := help
.PHONY: help run test test-services explore check bench messages screens format

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is missing. On Debian: apt-get install python3.11 python3.11-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing. On Debian: apt-get install python3.11-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

$(CATALOGUES): locale/%/LC_MESSAGES/django.mo: locale/%/LC_MESSAGES/django.po | $(VENV)/bin/python
	@$(BIN)/pybabel --quiet compile --domain django --directory locale

run: $(VENV)/run.stamp $(CATALOGUES)
	@$(DEMO) $(BIN)/python manage.py start_demo --address $(ADDRESS)

test: $(VENV)/dev.stamp $(CATALOGUES)
	$(BIN)/python -m pytest $(PARALLEL)

test-services: $(VENV)/dev.stamp $(CATALOGUES)
	$(SERVICES) REQUIRE_SERVICES=1 $(BIN)/python -m pytest $(PARALLEL)

# The property tests once more, on examples nobody has seen: what one of them breaks is kept as an @example.
explore: $(VENV)/dev.stamp $(CATALOGUES)
	HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest $(PARALLEL) -m hypothesis

check: $(VENV)/dev.stamp $(CATALOGUES)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/mypy config demonstration reports referrals outreach organisations foundation
	$(DEMO) $(BIN)/python manage.py check --fail-level WARNING
	@echo "check --deploy, as on a real site"
	@var=$$(mktemp -d) && env $$($(BIN)/python -m config.environment) BASE_URL=https://tsunagu.example TSUNAGU_VAR=$$var \
		$(BIN)/python manage.py check --deploy --fail-level WARNING; found=$$?; rm -rf "$$var"; exit $$found
	$(DEMO) $(BIN)/python manage.py makemigrations --check --dry-run
	$(DEMO) $(BIN)/python manage.py draw_states --check
	$(DEMO) $(BIN)/python manage.py check_catalogue

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(VENV)/dev.stamp
	$(DEMO) $(BIN)/python manage.py makemessages --locale en --no-location --no-obsolete \
		--ignore 'tests/*' --ignore 'bench/*' --ignore '.venv/*' --ignore 'var/*' --ignore 'staticfiles/*'

screens: $(VENV)/dev.stamp $(CATALOGUES)
	$(BIN)/python -m tests.browser.screens

bench: $(VENV)/dev.stamp
	$(BIN)/python -m bench
