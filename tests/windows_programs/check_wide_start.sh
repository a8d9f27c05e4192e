#!/bin/sh
# SPDX-License-Identifier: MIT
# check_wide_start.sh COMPILER SOURCE HEADER_DIR LIBRARY_DIR: builds a program with wmain in each of its forms, as C and C++,
# with either size of wchar_t, links it with the archive and the library, and looks at what it prints.
set -eu
. "$(dirname "$0")/../abi/require_compiler.sh"
require_compiler "$1"
compiler=$1 source=$2 headers=$3 libraries=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A word outside ASCII, one outside the 16 bits, and a byte that is no text.
word=$(printf 'gr\303\274n \360\237\222\241')
stray=$(printf '\377')
replaced=$(printf '\357\277\275')

check() { # FORM STATUS EXPECTED OPTION...
  form=$1 status=$2 expected=$3
  shift 3
  "$compiler" "$@" -DUNICODE -D_UNICODE "-DFORM=$form" -I"$headers" "$source" -x none -L"$libraries" -liphlpapi_wmain \
    -liphlpapi $cxx_library "-Wl,-rpath,$libraries" -o "$work/program"
  got=0
  VALUE=$word "$work/program" "$word" "$stray" >"$work/printed" || got=$?
  if [ "$got" -ne "$status" ] || [ "$(cat "$work/printed")" != "$expected" ]; then
    echo "FAILED: form $form, $*: status $got, printed:"
    cat "$work/printed"
    exit 1
  fi
}

for language in c c++; do
  cxx_library=
  [ $language = c ] || cxx_library=-lstdc++
  for width in -fno-short-wchar -fshort-wchar; do
    check 0 0 "no arguments" -x $language $width
    check 2 3 "$word
$replaced" -x $language $width
    check 3 3 "$word
$word
$replaced" -x $language $width
  done
done
