# curate: `make demo` opens the tool, `make test` checks everything. Nothing else is needed first.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
VENV_LS := .venv-labelstudio
VENV_PEERS := .venv-peers
UV_VERSION := $(shell sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements/dev.lock)
UV     := $(shell command -v uv || echo $(BIN)/uv)

.DEFAULT_GOAL := help
.PHONY: help demo test label-studio quick check format types contracts bench chaos pictures json-schemas exports lock clean

help:            ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "curate needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	@command -v uv >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/run.stamp: requirements/run.lock pyproject.toml | $(BIN)/python
	@test -e $(VENV)/dev.stamp || $(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.lock
	@touch $@

$(VENV)/dev.stamp: requirements/dev.lock pyproject.toml | $(BIN)/python
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV_LS)/stamp: requirements/labelstudio.lock | $(BIN)/python
	rm -rf $(VENV_LS)
	$(PYTHON) -m venv $(VENV_LS)
	$(UV) pip install --quiet --python $(VENV_LS)/bin/python --require-hashes -r requirements/labelstudio.lock
	@touch $@

demo: $(VENV)/run.stamp   ## set everything up and open the demo project
	$(BIN)/python -m curate demo

test: check $(VENV)/dev.stamp $(VENV_LS)/stamp   ## every check and every test: what .ci/run runs
	CURATE_TEST_LABEL_STUDIO=$(VENV_LS)/bin/label-studio $(BIN)/pytest -n 2 --dist worksteal

label-studio: $(VENV)/dev.stamp $(VENV_LS)/stamp  ## only the tests against a real Label Studio
	CURATE_TEST_LABEL_STUDIO=$(VENV_LS)/bin/label-studio $(BIN)/pytest tests/labelstudio

quick: $(VENV)/dev.stamp  ## the inner loop: lint and the fast tests
	$(BIN)/ruff check .
	$(BIN)/pytest -n 2 --dist worksteal -m 'not slow' -q

check: format types contracts  ## format, lint, spelling, types, architecture

format: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell

types: $(VENV)/dev.stamp
	$(BIN)/mypy

contracts: $(VENV)/dev.stamp
	$(BIN)/lint-imports

$(VENV_PEERS)/stamp: requirements/dev.lock requirements/peers.lock pyproject.toml | $(BIN)/python
	rm -rf $(VENV_PEERS)
	$(PYTHON) -m venv $(VENV_PEERS)
	$(UV) pip install --quiet --python $(VENV_PEERS)/bin/python --require-hashes -r requirements/dev.lock
	$(UV) pip install --quiet --python $(VENV_PEERS)/bin/python --require-hashes -r requirements/peers.lock
	$(UV) pip install --quiet --python $(VENV_PEERS)/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

bench: $(VENV_PEERS)/stamp $(VENV_LS)/stamp  ## the whole comparison, each figure beside its peer; ONLY=name for one
	CURATE_TEST_LABEL_STUDIO=$(VENV_LS)/bin/label-studio $(VENV_PEERS)/bin/python -m tests.benchmarks $(ONLY)

pictures: $(VENV)/dev.stamp  ## take the pictures of README and manual anew (needs Chromium)
	$(BIN)/python -m tests.pictures

json-schemas: $(VENV)/dev.stamp  ## write the JSON Schemas of our files anew
	$(BIN)/python -m curate.formats.json_schemas

exports: $(VENV)/dev.stamp  ## write the examples in exports/ anew
	$(BIN)/python -m tests.house.golden

seeds-model: $(VENV)/dev.stamp  ## count the rules' scores and train the model that ships, from the demo's train part
	$(BIN)/python -m curate.project.scoring
	$(BIN)/python -m curate.project.warming

KILLS ?= 1000
FUZZ  ?= 600
FAULTS ?= 2000
chaos: $(VENV)/dev.stamp $(VENV_LS)/stamp  ## kill the workbench 1,000 times, ten minutes of hostile input, break a sync 2,000 times; KILLS=50 FUZZ=60 FAULTS=100 for less
	$(BIN)/python -m tests.chaos --kills $(KILLS)
	$(BIN)/python -m tests.fuzz --seconds $(FUZZ)
	CURATE_TEST_LABEL_STUDIO=$(VENV_LS)/bin/label-studio $(BIN)/python -m tests.labelstudio.chaos --faults $(FAULTS)

lock: $(VENV)/dev.stamp   ## renew the hash-checked locks from pyproject.toml
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements/run.lock
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --all-extras --group dev pyproject.toml -o requirements/dev.lock
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements/labelstudio.in -o requirements/labelstudio.lock
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -c requirements/dev.lock requirements/peers.in -o requirements/peers.lock

clean:           ## remove what these commands made
	rm -rf $(VENV) $(VENV_LS) $(VENV_PEERS) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
