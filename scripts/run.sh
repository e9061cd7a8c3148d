#!/bin/sh
# Serves the site on this machine: installs, prepares the database, then becomes gunicorn; beside it
# runs what sends the letters. Ctrl-C ends both; the embedded PostgreSQL stays until `make stop`.
set -eu
cd "$(dirname "$0")/.."

port="${PORT:-8000}"
var="${ROYPALANG_VAR:-$PWD/var}"
export SITE_URL="${SITE_URL:-http://127.0.0.1:$port}"

scripts/bootstrap.sh
.venv/bin/python scripts/prepare.py "$port"

mkdir -p "$var/log"
# Not gunicorn's own --pid: it refuses to start when a killed site's number is someone else's now.
echo $$ >"$var/site-$port.pid"
# It ends by itself when this process, which becomes gunicorn, is gone.
.venv/bin/python manage.py deliver --forever --parent $$ >>"$var/log/deliver.log" 2>&1 &
echo $! >"$var/deliver-$port.pid"
export WEB_BIND="127.0.0.1:$port" ACCESS_LOG="${ACCESS_LOG:-$var/log/access.log}"
exec .venv/bin/python -m gunicorn roypalang.wsgi:application --config roypalang/gunicorn.py
