#!/bin/sh
# Stops the site (on whatever ports) and the embedded PostgreSQL of this checkout.
set -eu
cd "$(dirname "$0")/.."

# Ends what the number in file $1 bears, if its command line has $2; says so by its answer.
end() {
    pid=$(cat "$1")
    rm -f "$1"
    # A number outlives its process: whoever bears it now must be what we started.
    ps -o args= -p "$pid" 2>/dev/null | grep -q "$2" || return 1
    kill "$pid"
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        kill -0 "$pid" 2>/dev/null || break
        sleep 1
    done
}

# What sends the letters first: it would start the database again.
for file in "${ROYPALANG_VAR:-var}"/deliver-*.pid; do
    [ ! -f "$file" ] || end "$file" 'manage.py deliver' || true
done
for file in "${ROYPALANG_VAR:-var}"/site-*.pid; do
    if [ -f "$file" ] && end "$file" 'gunicorn roypalang.wsgi'; then
        echo "หยุดเว็บแล้ว / The site is stopped."
    fi
done

[ ! -x .venv/bin/python ] || .venv/bin/python -m roypalang.embedded_postgres stop
