#!/bin/sh
# Installs the Debian packages that are missing; does nothing, and says nothing, when none is.
#
#   system.sh               the libraries and tools that the build needs
#   system.sh PACKAGE...    the packages named
#
# Works as root or through sudo. Elsewhere it says what is needed and leaves the rest to you.
set -eu

fail() {
    echo "setup: $*" >&2
    exit 1
}

# What the build needs beyond Swift. A part that was built by hand counts, so the libraries are asked for by their
# pkg-config name. The last three lines are what Swift itself asks for: a tarball unpacked on a bare system lacks it.
needed_to_build() {
    command -v pkg-config >/dev/null || echo pkg-config
    for library in libavcodec libavfilter libavformat libavutil libswscale; do
        pkg-config --exists "$library" 2>/dev/null || echo "$library-dev"
    done
    for library in libdeflate libwebp; do
        pkg-config --exists "$library" 2>/dev/null || echo "$library-dev"
    done
    pkg-config --exists libjpeg 2>/dev/null || echo libjpeg62-turbo-dev
    [ -e /usr/include/stdio.h ] || echo libc6-dev
    [ -e /usr/include/c++ ] || echo g++
    swift build --version >/dev/null 2>&1 || echo libcurl4 libncurses6 libsqlite3-0 libxml2
}

# Those of the packages named that dpkg does not have.
not_installed() {
    for package in "$@"; do
        state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) || state=absent
        [ "$state" = installed ] || echo "$package"
    done
}

if [ $# -eq 0 ]; then
    command -v swift >/dev/null || fail "swift is not on PATH. Install Swift 6.3 (https://www.swift.org/install), then run this again."
    missing=$(needed_to_build)
elif command -v dpkg-query >/dev/null; then
    missing=$(not_installed "$@")
else
    missing=$*
fi
missing=$(echo "$missing" | tr '\n' ' ' | sed 's/ *$//')
[ -n "$missing" ] || exit 0

command -v apt-get >/dev/null ||
    fail "this is not Debian. Install what these Debian packages hold, then run this again: $missing"
if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null; then
    as_root=sudo
else
    fail "neither root nor sudo here. Have someone run: apt-get install $missing"
fi

# Shows a command's output only when it fails.
quietly() {
    log=$(mktemp)
    if "$@" >"$log" 2>&1 </dev/null; then
        rm -f "$log"
    else
        tail -n 20 "$log" >&2
        rm -f "$log"
        return 1
    fi
}

echo "setup: installing with apt-get, up to a minute or two: $missing"
# Stale lists may still do, so a failed update alone ends nothing.
quietly $as_root apt-get update || echo "setup: apt-get update failed; going on with the package lists that are here" >&2
# The names are words without spaces, to be split.
# shellcheck disable=SC2086
quietly $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -o Acquire::Retries=3 install --yes --no-install-recommends $missing ||
    fail "apt-get could not install them (its last words are above). Once it can: apt-get install $missing"
