#!/bin/sh
# manage.py of the release in use, as the site's user, with the site's settings:  deploy/manage.sh check --deploy
# ROYPALANG_ENV_FILE names other settings than /etc/roypalang.env.
set -eu
cd "$(dirname "$0")/.."
set -a
# shellcheck disable=SC1090
. "${ROYPALANG_ENV_FILE:-/etc/roypalang.env}"
set +a
[ "$(id -un)" = roypalang ] || exec runuser --user roypalang -- .venv/bin/python manage.py "$@"
exec .venv/bin/python manage.py "$@"
