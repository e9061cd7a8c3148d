#!/bin/sh
# Brings a backup back into an empty database and an empty place for pictures:
#     restore.sh /var/backups/roypalang/2026-12-01T031000
# Where they are /etc/roypalang.env says; on a new machine take the one in the backup. Nothing that is there is overwritten.
set -eu
if [ ! -f "${1:-}/site.dump" ]; then
    echo "usage: $0 FOLDER-OF-A-BACKUP" >&2
    exit 2
fi
set -a
# shellcheck disable=SC1090
. "${ROYPALANG_ENV_FILE:-/etc/roypalang.env}"
set +a
as_site() {
    if [ "$(id -u)" = 0 ]; then runuser --user roypalang -- "$@"; else "$@"; fi
}
sql() { as_site psql --no-psqlrc --quiet --tuples-only --no-align --dbname="$DATABASE_URL" --command="$1"; }

[ "$(sql "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")" = 0 ] ||
    { echo "The database is not empty. Make a new one and name it in DATABASE_URL." >&2; exit 1; }
[ -z "$(ls -A "$MEDIA_ROOT" 2>/dev/null)" ] || { echo "$MEDIA_ROOT is not empty." >&2; exit 1; }

as_site pg_restore --no-owner --exit-on-error --single-transaction --dbname="$DATABASE_URL" <"$1/site.dump"
sql "SET client_min_messages = error; ANALYZE" # or it warns of the catalogues, which are not the site's
mkdir -p "$MEDIA_ROOT"
# On its way from another machine a backup may have lost whose it was: the site must write there, nginx must read.
[ "$(id -u)" != 0 ] || ours="--chown=roypalang:roypalang --chmod=D750,F640"
# shellcheck disable=SC2086
rsync --archive ${ours:-} "$1/media/" "$MEDIA_ROOT/"
echo "Restored from $1. Everybody signs in anew."
