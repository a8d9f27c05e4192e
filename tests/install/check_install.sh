#!/bin/sh
# SPDX-License-Identifier: MIT
# check_install.sh CMAKE BUILD-DIR CONSUMERS CC CXX SANITIZE: installs, moves the tree, and builds and runs programs
# against it as its users would: by pkg-config in C11 and C++17, by find_package in C11 and C++20.
set -eu
cmake=$1 build=$2 consumers=$3 cc=$4 cxx=$5 sanitize=$6
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
flags=
[ -z "$sanitize" ] || flags="-fsanitize=$sanitize"

fail() {
  echo "FAILED: $*"
  exit 1
}

"$cmake" --install "$build" --prefix "$work/first" >/dev/null
DESTDIR=$work/staged "$cmake" --install "$build" --prefix /usr >/dev/null
[ -x "$work/staged/usr/bin/tcptable" ] || fail "DESTDIR"
mv "$work/first" "$work/moved"
prefix=$work/moved
libdir=$(dirname "$(find "$prefix" -name libiphlpapi.so)")
export PKG_CONFIG_PATH="$libdir/pkgconfig"
export LD_LIBRARY_PATH="$libdir"
export CMAKE_PREFIX_PATH="$prefix"

for library in libtcptable.so.0 libiphlpapi.so.1; do
  [ -e "$libdir/$library" ] || fail "no $library"
done
"$prefix/bin/tcptable" --version || fail "the installed tool"

# shellcheck disable=SC2046,SC2086 # lists of flags
"$cc" -std=c11 $flags "$consumers/pkgconfig/ports.c" $(pkg-config --cflags --libs iphlpapi) -o "$work/ports_c"
"$work/ports_c" || fail "C11 by pkg-config"
# shellcheck disable=SC2046,SC2086
"$cxx" -std=c++17 $flags -x c++ "$consumers/pkgconfig/ports.c" -x none $(pkg-config --cflags --libs iphlpapi) -o "$work/ports_cxx"
"$work/ports_cxx" || fail "C++17 by pkg-config"
# shellcheck disable=SC2046,SC2086
"$cxx" -std=c++20 $flags "$consumers/cmake_tcptable/listeners.cpp" $(pkg-config --cflags --libs tcptable) -o "$work/listeners"
"$work/listeners" || fail "C++20 by pkg-config"

for package in tcptable iphlpapi; do
  "$cmake" -S "$consumers/cmake_$package" -B "$work/$package" -DCMAKE_C_COMPILER="$cc" -DCMAKE_CXX_COMPILER="$cxx" \
    -DCMAKE_C_FLAGS="$flags" -DCMAKE_CXX_FLAGS="$flags" >/dev/null
  "$cmake" --build "$work/$package" >/dev/null
  "$work/$package/consumer" || fail "find_package($package)"
done

# Those who ask for tcptable alone never meet a file called windows.h.
if echo '#include <windows.h>' | "$cxx" -x c++ $(pkg-config --cflags tcptable) -fsyntax-only - 2>/dev/null; then
  fail "tcptable alone puts windows.h on the path"
fi
