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
# Addresses without what follows the ?: what somebody searched for is nobody's business.
line='%(h)s %(t)s "%(m)s %(U)s" %(s)s %(b)s %(M)sms "%(a)s"'
# --preload: one loading of the code for both workers, and a mistake in it is said once.
exec .venv/bin/python -m gunicorn roypalang.wsgi:application \
    --bind "127.0.0.1:$port" --preload \
    --worker-class gthread --workers 2 --threads 4 --no-control-socket \
    --log-level warning --access-logfile "$var/log/access.log" --access-logformat "$line"
