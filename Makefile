# Everything happens in .venv; nothing outside the project is touched.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run ui test lint types schema docs spark bench floors fuzz sanitize lock clean

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	if command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
export DAGSTER_HOME ?= $(CURDIR)/.dagster
# the certificates that this machine trusts, also where its network brings its own
export UV_SYSTEM_CERTS ?= true
export DBT_PROFILES_DIR := $(CURDIR)/dbt_project
# a refresh starts three processes, and each would compile all of the program anew
unexport PYTHONDONTWRITEBYTECODE

help: ## show this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3"; exit 1; }
	@# also where .venv is another tool's, made without pip
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	@# uv itself comes from the lock as well, hash-checked by pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		-r <(awk '/^uv==/{p=1} p{print} p&&!/\\$$/{exit}' requirements.lock)
	$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

# compiled where there is a compiler; spaCy's own parser does the same without one
$(VENV)/.parser: $(VENV)/.ready $(wildcard ingest/extract/parser/cpp/*) ingest/extract/parser/build.py
	@$(BIN)/python ingest/extract/parser/build.py
	@touch $@

setup: $(VENV)/.ready $(VENV)/.parser ## make .venv with everything in it

run: setup ## ingest the samples and the inbox, build and publish the warehouse, show what is in it
	@$(BIN)/claimhouse refresh
	@$(BIN)/claimhouse examples

ui: setup ## open Dagster's UI on http://localhost:3000, or PORT=3001
	@$(BIN)/claimhouse ui $(if $(PORT),--port $(PORT))

# a file stays in one process: the houses of the integration tests live through several nights; in the order of
# their folders, so that these, which take longest, do not come last
test: setup lint types ## lint, types, all tests
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --disable-progress-bar dbt_project/models

types: setup
	$(BIN)/mypy

schema: setup ## write the dbt files that follow from the records and the catalogues of rules
	@$(BIN)/python -m claimhouse.dbt_schema

docs: setup ## dbt's documentation of every table with its types, in data/reports/tables.html
	$(BIN)/claimhouse docs

# pyspark comes as source only; what builds it is in the lock too, so it goes first
spark: setup ## add Apache Spark to .venv (needs Java 17 or newer; 450 MB)
	@java -version 2>&1 | awk -F'["._]' '/version/ {found = 1; if ($$2 < 17) exit 1} END {if (!found) exit 1}' || { \
		echo "Spark needs Java 17 or newer, and \`java -version\` finds none. On Debian: apt-get install openjdk-17-jre-headless"; exit 1; }
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --no-deps \
		-r <(awk '/^setuptools==/{p=1} p{print} p&&!/\\$$/{exit}' requirements-spark.lock)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --no-build-isolation \
		-r requirements-spark.lock
	@$(BIN)/claimhouse spark check

bench: setup ## speed against what people would use instead; peers are installed first
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group peers
	$(BIN)/python -m benchmarks.parsing
	$(BIN)/python -m benchmarks.speed

floors: setup ## accuracy on the labelled corpora against the floors
	$(BIN)/python -m evaluation.gate

fuzz: setup ## 20,000 broken documents, none of which may stop a run
	$(BIN)/python -m benchmarks.fuzz

# leaks are left out: Python and spaCy keep what they have to the end
sanitize: setup ## the parser's tests with address and undefined-behaviour sanitizers
	SANITIZED_PARSER=1 ASAN_OPTIONS=detect_leaks=0 LD_PRELOAD="$$($${CXX:-g++} -print-file-name=libasan.so)" \
		$(BIN)/pytest tests/unit/extract/parser/test_native.py --timeout 3000

lock: ## compile requirements.lock anew from pyproject.toml
	uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
		--custom-compile-command "make lock" --extra all --group dev pyproject.toml --output-file requirements.lock
	uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
		--custom-compile-command "make lock" --extra spark --constraint requirements.lock --no-annotate \
		pyproject.toml --output-file requirements-spark.lock

clean: ## remove what runs have made; .venv stays
	rm -rf data .dagster dbt_project/target dbt_project/logs
