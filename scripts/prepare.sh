#!/bin/bash
# Makes sure that what a task needs is on this machine: scripts/prepare.sh build|test|bench
#
# Installs Debian packages as root or with a sudo that asks for no password; otherwise says what to install.
set -euo pipefail
task="${1:-build}"

fail() {
    echo "prepare: $*" >&2
    exit 1
}

command -v swift > /dev/null || fail "swift is missing: install a Swift 6.3 toolchain (https://www.swift.org/install) and put it on PATH"

packages=()
need() { # need PACKAGE CHECK...: the package, unless the check succeeds
    local package="$1"
    shift
    "$@" > /dev/null 2>&1 || packages+=("$package")
}

need libsqlite3-dev test -e /usr/include/sqlite3.h
if [[ "$task" != build ]]; then
    need python3 command -v python3
    need python3-venv python3 -c "import ensurepip, venv"
fi
if [[ "$task" == test ]]; then
    need curl command -v curl
    need chromium command -v chromium
fi
if [[ "$task" == bench ]]; then
    need wrk command -v wrk
fi
[[ ${#packages[@]} -eq 0 ]] && exit 0

command -v apt-get > /dev/null || fail "please install what these Debian packages hold, then try again: ${packages[*]}"
if [[ "$(id -u)" -eq 0 ]]; then
    as_root=()
elif sudo --non-interactive true 2> /dev/null; then
    as_root=(sudo --non-interactive)
else
    fail "please run this, then try again: sudo apt-get install ${packages[*]}"
fi
echo "installing ${packages[*]}"
install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --quiet --quiet --yes --no-install-recommends "${packages[@]}")
# Old package lists are the usual reason for a failure: then once more with fresh ones.
if ! "${install[@]}" > /dev/null 2>&1; then
    "${as_root[@]}" apt-get update --quiet --quiet
    "${install[@]}" > /dev/null
fi
