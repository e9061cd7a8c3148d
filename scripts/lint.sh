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

# Production's settings, with everything given that it asks for.
deployment() {
    SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(64))') \
        ROYPALANG_ENV=production SITE_URL=https://roypalang.example \
        ALLOWED_HOSTS=roypalang.example TRUSTED_PROXY_COUNT=1 SMTP_HOST=mail.roypalang.example \
        DATABASE_URL=postgresql://roypalang@localhost/roypalang MAIL_FROM=noreply@roypalang.example \
        CONTACT_EMAIL=contact@roypalang.example MEDIA_ROOT="$PWD/var/media" ROYPALANG_ACCEL=/media \
        python manage.py check --deploy --fail-level WARNING
}

check ruff check
check ruff format --check
check djlint --quiet --lint templates
check djlint --quiet --check templates
check mypy accounts forums roypalang scripts
check lint-imports
check python -m roypalang.building
check python manage.py makemigrations --check --dry-run
check deployment

[ -z "$failed" ]
