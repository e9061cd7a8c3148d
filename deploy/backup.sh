#!/bin/sh
# The night's backup: `manage.py backup` as the site's user, and, where RESTIC_REPOSITORY is set, a copy of it elsewhere.
set -eu
set -a
# shellcheck disable=SC1090
. "${ROYPALANG_ENV_FILE:-/etc/roypalang.env}"
set +a
kept="${BACKUP_DIR:-/var/backups/roypalang}"
[ "$(id -u)" != 0 ] || install -d -o roypalang -g roypalang -m 700 "$kept"
made=$("$(dirname "$0")/manage.sh" backup "$kept" --keep "${BACKUP_DAYS:-14}" \
    ${BACKUP_KEY:+--encrypt-for "$BACKUP_KEY"})
if [ -n "${RESTIC_REPOSITORY:-}" ]; then
    restic backup --quiet --tag roypalang "$made"
    restic forget --quiet --tag roypalang --group-by tags --keep-daily 14 --keep-monthly 6 --prune
fi
echo "$made"
