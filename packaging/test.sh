#!/usr/bin/env bash
# Run all tests: everything with a window in one process, everything else beside it in another.
# Usage: packaging/test.sh            (called by make test, after the installation)
set -uo pipefail
cd "$(dirname "$0")/.."
export QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=1 COVERAGE_CORE=${COVERAGE_CORE:-ctrace}
mkdir -p build
rm -f .coverage .coverage.*

windows="tests/ui tests/test_*.py tests/journeys tests/packaging tests/usecases"
rest=$(ls -d tests/*/ | sed 's#/$##' | grep -vE '^tests/(ui|journeys|packaging|usecases|speed|simulate|__pycache__)$')

COVERAGE_FILE=.coverage.rest .venv/bin/python -m pytest -q --cov --cov-report= $rest \
  >build/tests-rest.log 2>&1 &
other=$!
COVERAGE_FILE=.coverage.windows .venv/bin/python -m pytest -q --cov --cov-report= $windows
first=$?
wait $other
second=$?
cat build/tests-rest.log
.venv/bin/python -m coverage combine -q && .venv/bin/python -m coverage report --skip-covered >build/coverage.txt
tail -n 1 build/coverage.txt
[ $first = 0 ] && [ $second = 0 ]
