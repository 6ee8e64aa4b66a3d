# make demo   the weekly audit of an invented town, into out/
# make server a Prefect server of your own with a worker: every Monday's reports (docs/operating.md)
# make test   the tests: Python packages only, loopback only
# make check  all that CI runs
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := socialaudit flows connectors checks reports demo bench tests

.PHONY: demo server test test-servers test-faults test-machines check docs bench pictures lint wheel lock clean

$(VENV)/.runtime: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/.development: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.runtime
	@$(BIN)/socialaudit demo --out out/ || [ $$? -eq 10 ]

server: $(VENV)/.runtime
	@exec $(BIN)/python -m flows.serve

test: $(VENV)/.development
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not servers and not faults and not machines"

test-servers: $(VENV)/.development
	bash tests/servers/run.sh $(BIN)/python

test-faults: $(VENV)/.development
	$(BIN)/python -m pytest -m faults

test-machines: $(VENV)/.development
	bash tests/faults/run.sh $(BIN)/python

lint: $(VENV)/.development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.development
	$(BIN)/python -m docs.build

bench: $(VENV)/.development
	$(BIN)/python -m bench

pictures: $(VENV)/.development
	$(BIN)/python -m docs.pictures

accuracy: $(VENV)/.development
	$(BIN)/python -m training.accuracy $(if $(DATA),--data $(DATA))

wheel: $(VENV)/.development
	bash tests/wheel.sh $(BIN)/python

check: lint test test-servers test-faults wheel demo

lock:
	bash requirements.sh

clean:
	rm -rf $(VENV) out dist build
