#!/bin/sh
# All that can be said about the code without running it; says everything before it fails.
set -eu
cd "$(dirname "$0")/.."

scripts/bootstrap.sh
PATH="$PWD/.venv/bin:$PATH"
failed=

check() {
    echo "— $*"
    "$@" || failed=1
}

check ruff check
check ruff format --check
check djlint --quiet --check templates
check djlint --quiet --lint templates
check mypy accounts forums roypalang scripts
check lint-imports
check python manage.py makemigrations --check --dry-run
check env ROYPALANG_ENV=production SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    SITE_URL=https://roypalang.example ALLOWED_HOSTS=roypalang.example TRUSTED_PROXY_COUNT=1 \
    python manage.py check --deploy --fail-level WARNING

[ -z "$failed" ]
