#!/bin/sh
# Runs the tests: all of them in parallel, or just what the arguments (pytest's) ask for.
set -eu
cd "$(dirname "$0")/.."

scripts/bootstrap.sh
# Started once here, or the message of why it cannot be would come from every test.
[ -n "${DATABASE_URL:-}" ] || .venv/bin/python -m roypalang.embedded_postgres start >/dev/null

# Compiled code is kept, beside the environment, whatever this machine is told: every worker and every
# program a test starts would else compile two thousand modules for itself.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX="${PYTHONPYCACHEPREFIX:-$PWD/.venv/bytecode}"

# By file, so that what a module prepares for all its tests is prepared once; the longest first, as
# tests/conftest.py says, not those with the most tests.
[ $# -gt 0 ] || set -- -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder
exec .venv/bin/python -m pytest "$@"
