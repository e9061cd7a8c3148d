#!/bin/sh
# Stops the site (on whatever ports) and the embedded PostgreSQL of this checkout.
set -eu
cd "$(dirname "$0")/.."

for file in "${ROYPALANG_VAR:-var}"/site-*.pid; do
    [ -f "$file" ] || continue
    pid=$(cat "$file")
    # A number outlives its process: whoever bears it now must be a site.
    if ps -o args= -p "$pid" 2>/dev/null | grep -q 'gunicorn roypalang.wsgi'; then
        kill "$pid"
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            kill -0 "$pid" 2>/dev/null || break
            sleep 1
        done
        echo "หยุดเว็บแล้ว / The site is stopped."
    fi
    rm -f "$file"
done

[ ! -x .venv/bin/python ] || .venv/bin/python -m roypalang.embedded_postgres stop
