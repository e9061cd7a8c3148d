#!/bin/sh
# Makes .venv hold what uv.lock says. Quick when it already does. Arguments are for `uv sync`.
set -eu
cd "$(dirname "$0")/.."

UV_WANTED=0.13.9

# The machine's own certificates, for those who work behind a proxy that has one.
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"
# Another project's environment, still active in this shell, is not meant.
unset VIRTUAL_ENV UV_PROJECT_ENVIRONMENT

fail() {
    printf '%s\n%s\n' "$1" "$2" >&2
    exit 1
}

# Asked for its version, because a name may exist and yet not run (version managers' shims).
works() {
    "$1" --version 2>/dev/null |
        awk '$1 == "uv" { split($2, v, "."); ok = v[1] > 0 || v[2] >= 9 } END { exit !ok }'
}

private_uv() {
    for uv in .tools/bin/uv .tools/packages/bin/uv; do
        works "$uv" && return
    done
    command -v python3 >/dev/null ||
        fail "เครื่องนี้ไม่มี python3 ให้ติดตั้ง Python 3.13 หรือ uv ก่อน" \
            "There is no python3 here: install Python 3.13, or uv."
    echo "ติดตั้ง uv ไว้ใน .tools / Installing uv into .tools"
    python3 -m venv .tools >/dev/null 2>&1 &&
        .tools/bin/python -m pip install -q --disable-pip-version-check "uv==$UV_WANTED" &&
        uv=.tools/bin/uv && works "$uv" && return
    # Debian's python3 comes without venv, and refuses to install anywhere but a chosen folder.
    python3 -m pip install -q --disable-pip-version-check \
        --target .tools/packages "uv==$UV_WANTED" &&
        uv=.tools/packages/bin/uv && works "$uv" && return
    fail "ติดตั้ง uv ไม่ได้: ต้องต่ออินเทอร์เน็ต และมี python3-venv หรือ pip (Debian: apt install python3-venv)" \
        "Could not install uv: it takes the network and python3-venv or pip (Debian: apt install python3-venv)."
}

uv=uv
works "$uv" || private_uv

quiet=--quiet
if [ ! -x .venv/bin/python ]; then
    quiet=
    echo "ติดตั้งสิ่งที่ต้องใช้ไว้ใน .venv ครั้งแรกใช้เวลาราวหนึ่งนาที / Installing into .venv, about a minute the first time"
fi
"$uv" sync --locked --extra groups $quiet "$@" ||
    fail "ติดตั้งสิ่งที่ต้องใช้ไม่ได้: ต้องต่ออินเทอร์เน็ต และมี Python 3.13 (หรือให้ uv ดาวน์โหลดมา)" \
        "Could not install what is needed: it takes the network and a Python 3.13 (or uv downloads one)."

# Compiled now: the process that reads a picture may write no file, and would compile Pillow for each picture anew,
# which takes longer than most pictures do.
env -u PYTHONPYCACHEPREFIX .venv/bin/python -m compileall -q \
    .venv/lib/python*/site-packages/PIL .venv/lib/python*/site-packages/pillow_heif || :
