#!/bin/sh
# One backup: the database first, then the pictures (a picture without its row is rubbish, a row without its picture is a
# loss), and the settings with the key that second factors are encrypted with. Each stands in a folder of its own, readable by
# root alone; pictures that have not changed are the same files as the night before. Sessions stay out: nobody who finds
# a backup is signed in by it.
set -eu
umask 077
: "${DATABASE_URL:?}" "${MEDIA_ROOT:?}"
kept="${BACKUP_DIR:-/var/backups/roypalang}"
made="$kept/$(date +%Y-%m-%dT%H%M%S)"
before=$(find "$kept" -mindepth 1 -maxdepth 1 -type d -name '20*' ! -name '*.part' 2>/dev/null | sort | tail -n 1)

mkdir -p "$made.part/media"
as_site() {
    if [ "$(id -u)" = 0 ]; then runuser --user roypalang -- "$@"; else "$@"; fi
}
as_site pg_dump --format=custom --dbname="$DATABASE_URL" \
    --exclude-table-data=cache --exclude-table-data=django_session --exclude-table-data=usersessions_usersession \
    >"$made.part/site.dump"
[ ! -d "$MEDIA_ROOT" ] ||
    rsync --archive ${before:+--link-dest="$before/media"} --exclude='*.part' --exclude=/shared/ "$MEDIA_ROOT/" "$made.part/media/"
[ ! -r /etc/roypalang.env ] || cp /etc/roypalang.env "$made.part/"
pg_restore --list "$made.part/site.dump" >/dev/null # read once, or it is no backup
mv "$made.part" "$made"

find "$kept" -mindepth 1 -maxdepth 1 -type d -name '20*' -mtime "+${BACKUP_DAYS:-14}" -exec rm -rf {} +
if [ -n "${RESTIC_REPOSITORY:-}" ]; then
    restic backup --quiet --tag roypalang "$made"
    restic forget --quiet --tag roypalang --group-by tags --keep-daily 14 --keep-monthly 6 --prune
fi
echo "$made"
