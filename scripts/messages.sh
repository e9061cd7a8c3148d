#!/bin/sh
# Gathers the messages of code and templates into the Thai catalogue, and compiles it.
set -eu
cd "$(dirname "$0")/.."

command -v xgettext >/dev/null || {
    printf '%s\n%s\n' "ต้องมี gettext (Debian: apt install gettext)" \
        "This takes gettext (Debian: apt install gettext)." >&2
    exit 1
}
scripts/bootstrap.sh
.venv/bin/python manage.py makemessages --locale th --ignore '.*' --ignore var --ignore tests
.venv/bin/python -m roypalang.building
