#!/bin/sh
# SPDX-License-Identifier: MIT
# stage.sh CMAKE BUILD-DIR STAGE NAMES: installs the library and its names, as a user would, and checks that the names come
# only when they are asked for, that all of the list are there, and that CoreCLR's are on the list.
set -eu
cmake=$1 build=$2 stage=$3 names=$4
rm -rf "$stage"

fail() {
  echo "FAILED: $*"
  exit 1
}

"$cmake" --install "$build" --prefix "$stage" >/dev/null
libdir=$(dirname "$(find "$stage" -name libiphlpapi.so.1)")
[ ! -e "$libdir/iphlpapi.dll" ] || fail "the names were installed unasked"
"$cmake" --install "$build" --prefix "$stage" --component languages >/dev/null
for name in $(grep -v '^#' "$names"); do
  [ "$(readlink "$libdir/$name")" = libiphlpapi.so.1 ] || fail "$name is no link to the library"
  [ -e "$libdir/$name" ] || fail "$name leads nowhere"
done
for name in iphlpapi.dll.so libiphlpapi.dll.so iphlpapi.dll libiphlpapi.dll libIPHlpAPI.so; do
  grep -qx "$name" "$names" || fail "$name is not on the list"
done
find "$stage" -name __main__.py -path '*iphlpapi*' | grep -q . || fail "no Python package"
