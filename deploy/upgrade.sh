#!/bin/sh
# Puts a version into service, the first as well as each later one, while the one before it serves:
#     upgrade.sh v0.6.0        (a tag, a branch or a commit of /srv/roypalang/source)
# The new version is made ready beside the old one; then a backup, migrate, the switch, and the letters' service. If it
# does not answer within a minute, the old one is in service again: migrations keep what it needs (decision 045).
set -eu
[ $# -eq 1 ] || { echo "usage: $0 VERSION" >&2; exit 2; }
[ "$(id -u)" = 0 ] || { echo "$0: as root, please" >&2; exit 2; }

version=$1
home=/srv/roypalang
release="$home/releases/$(echo "$version" | tr '/' '-')"
say() { printf '== %s\n' "$1"; }
as_site() { runuser --user roypalang -- env HOME="$home" "$@"; }

say "Fetching $version"
as_site git -C "$home/source" fetch --quiet --tags origin
commit=$(as_site git -C "$home/source" rev-parse --verify --quiet "origin/$version^{commit}" ||
    as_site git -C "$home/source" rev-parse --verify --quiet "$version^{commit}") ||
    { echo "There is no $version in $home/source." >&2; exit 1; }
if [ "$(readlink -f "$home/current")" = "$release" ]; then
    if [ "$(as_site git -C "$release" rev-parse HEAD)" != "$commit" ]; then # a branch that has moved on: not in its place
        release="$release-$(as_site git -C "$release" rev-parse --short "$commit")"
    elif systemctl is-active --quiet roypalang.service; then
        echo "$version is in service already." >&2
        exit 1
    fi # else it did not start the last time: once more
fi
if [ -d "$release" ]; then
    as_site git -C "$release" checkout --quiet --detach "$commit"
else
    as_site git -C "$home/source" worktree add --quiet --detach "$release" "$commit"
fi

say "Installing what it needs"
as_site "$release/scripts/bootstrap.sh" --no-default-groups

say "Looking at the settings"
install -d -o roypalang -g roypalang -m 750 /var/lib/roypalang /var/lib/roypalang/media
"$release/deploy/manage.sh" check --deploy --fail-level ERROR

if [ -e "$home/current" ]; then
    say "Backing up"
    systemctl start roypalang-backup.service
fi

say "Migrating"
"$release/deploy/manage.sh" migrate --verbosity 1
"$release/deploy/manage.sh" createcachetable

before=$(readlink -e "$home/current" || true)
# The new version's processes, beside those that serve: of the same unit, with the same door. They are there once they
# take requests; where they cannot be, the ones that serve are not touched.
beside() {
    sed -e 's/^Description=.*/& (beside it, while it starts anew)/' -e 's/^\[Service\]/&\nSockets=roypalang.socket/' \
        -e 's/^Restart=.*/Restart=no/' -e '/^\[Install\]/,$d' "$1/deploy/systemd/roypalang.service" \
        >/run/systemd/system/roypalang-beside.service
    systemctl daemon-reload
    systemctl start roypalang-beside.service
}
alone() {
    systemctl stop roypalang-beside.service 2>/dev/null || true
    rm -f /run/systemd/system/roypalang-beside.service
    systemctl daemon-reload
}
into_service() {
    "$1/deploy/manage.sh" collectstatic --noinput --verbosity 0
    ln -sfn "$1" "$home/next" && mv -T "$home/next" "$home/current"
    install -m 644 "$1"/deploy/systemd/* /etc/systemd/system/
    systemctl daemon-reload
    systemctl enable --quiet --now roypalang.socket roypalang-backup.timer roypalang-check.timer \
        roypalang-bounces.timer
    systemctl enable --quiet roypalang.service roypalang-deliver.service
    if systemctl is-active --quiet roypalang.service; then
        beside "$1" || return 1
    fi
    systemctl restart roypalang.service && systemctl restart roypalang-deliver.service
}
answers() {
    host=$(sed -n 's,^SITE_URL=https\{0\,1\}://,,p' /etc/roypalang.env | tr -d '"' | cut -d / -f 1)
    for _second in $(seq 60); do
        python3 - "$host" <<'ASK' && return 0
import http.client, sys
door = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
try:
    door.request("GET", "/readyz", headers={"Host": sys.argv[1]})
    sys.exit(door.getresponse().status != 200)
except OSError:
    sys.exit(1)
ASK
        sleep 1
    done
    return 1
}

say "Into service"
into_service "$release" && answers && well=yes || well=
alone
if [ -z "$well" ]; then
    journalctl --unit roypalang.service --lines 20 --no-pager >&2 || true
    if [ -n "$before" ]; then
        say "$version does not answer: back to $(basename "$before")"
        into_service "$before" || true
        alone
    fi
    exit 1
fi

say "Making the search index anew where the new version wants it"
"$release/deploy/manage.sh" reindex
# Three releases stay, to go back to.
find "$home/releases" -mindepth 1 -maxdepth 1 -printf '%T@ %p\n' | sort -rn | tail -n +4 | cut -d ' ' -f 2- | while read -r old; do
    [ "$old" = "$(readlink -f "$home/current")" ] || as_site git -C "$home/source" worktree remove --force "$old"
done
say "$version is in service"
