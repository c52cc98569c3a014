# Every command installs what it needs first: `make demo` and `make test` work on a fresh machine.
.DEFAULT_GOAL := help
.PHONY: help install check test demo lock format hostile prove bench simulate

PY := .venv/bin/python

help:
	@echo "make demo   install, then run the app on the samples (without a display: the tour)"
	@echo "make test   install, then run every check and test"
	@echo "make check  format, lint, types, import contracts and the fast tests"
	@echo "make hostile, prove, bench, simulate   the long proofs; each prints a table"
	@echo "            and writes build/reports/NAME.json"
	@echo "make lock   renew requirements/*.lock"

install:
	@packaging/install.sh

format: install
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix-only --quiet .

check: install
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy assessor_app tests
	$(PY) -m basedpyright
	.venv/bin/lint-imports
	$(PY) -m pytest -q tests/architecture tests/domain tests/wire

test: install
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy assessor_app tests
	$(PY) -m basedpyright
	.venv/bin/lint-imports
	packaging/test.sh

demo: install
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then .venv/bin/assessor-app demo; \
	else .venv/bin/assessor-app demo --tour build/tour --offscreen; fi

LOCK := .tools/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url
lock:
	@[ -x .tools/bin/uv ] || python3 -m pip install --quiet --target .tools uv
	$(LOCK) pyproject.toml -o requirements/app.lock
	$(LOCK) --extra platform --extra report --group dev pyproject.toml -o requirements/dev.lock

hostile: install
	$(PY) -m tests.hostile

simulate: install
	OMP_NUM_THREADS=1 $(PY) -m tests.simulate

bench: install
	@[ -x build/peers/bin/python ] || .tools/bin/uv venv --quiet build/peers
	.tools/bin/uv pip install --quiet --python build/peers/bin/python krippendorff irrCAC statsmodels
	OMP_NUM_THREADS=1 $(PY) -m tests.speed.reliability_bench build/peers/bin/python
	$(PY) -m tests.speed.bench

prove: install
	$(PY) -m tests.faults.prove
