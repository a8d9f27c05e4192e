#!/bin/sh
# SPDX-License-Identifier: MIT
# Compiles every Windows header as one language of one compiler, without warnings: each by itself, each first and last
# among the main headers, all of them before and after the system's headers, and all other spellings of their names.
#   check_headers.sh COMPILER c|c++ STANDARD HEADER_DIR DATA_DIR
set -u
export LC_ALL=C
. "$(dirname "$0")/require_compiler.sh"
require_compiler "$1"
compiler=$1 language=$2 standard=$3 header_dir=$4 data_dir=$5
main_headers="winsock2.h ws2tcpip.h windows.h iphlpapi.h"
wide_options="-fshort-wchar -DUNICODE -D_UNICODE -DNOMINMAX -DWIN32_LEAN_AND_MEAN"
# sal.h and tcptable_wcout.h then include none of the C++ library's headers, which would be most of the time of so many
# units. Those with the system's headers do without it.
quick="-DTCPTABLE_WITHOUT_IN_OUT -DTCPTABLE_WITHOUT_WCOUT"
failures=0
compiled=0

# check NAME "HEADERS" [OPTIONS...]: a unit of these headers in this order compiles without a warning. The declaration
# at its end is there because C forbids a unit without any, and sal.h has macros only.
check() {
  name=$1
  unit=$(printf '#include <%s>\n' $2)
  shift 2
  compiled=$((compiled + 1))
  if ! printf '%s\nextern int end_of_unit;\n' "$unit" |
    "$compiler" -x "$language" "-std=$standard" -I"$header_dir" -Wall -Wextra -Wpedantic -Werror -fsyntax-only "$@" -
  then
    echo "FAILED: $name"
    failures=$((failures + 1))
  fi
}

# Windows' headers, without what only guards the system's socket headers.
windows_headers() {
  (cd "$header_dir" && ls -d -- *.h | grep -v '[A-Z]' | grep -v -x netdb.h)
}

# The same names with capitals, as sources spell them.
other_spellings() {
  (cd "$header_dir" && ls -d -- *[A-Z]*)
}

check_each_alone() {
  for header in $(windows_headers); do
    check "$header alone, twice" "$header $header" $quick
    check "$header alone, with wide characters" "$header" $wide_options $quick
  done
}

check_each_first_and_last() {
  for header in $(windows_headers); do
    check "$header before the main headers" "$header $main_headers" $quick
    check "$header after the main headers" "$main_headers $header" $quick
  done
}

# Each has one line, so that one unit is enough for all.
check_other_spellings() {
  for spelling in $(other_spellings); do
    header=$(echo "$spelling" | tr 'A-Z' 'a-z')
    [ "$(sed 1d "$header_dir/$spelling")" = "#include \"$header\"" ] && continue
    echo "FAILED: $spelling is not $header"
    failures=$((failures + 1))
  done
  check "all other spellings" "$(other_spellings)"
}

# The system's headers of this language that do not deal with sockets.
check_with_system_headers() {
  ours=$(windows_headers)
  systems=$(cat "$data_dir/libc_headers.txt")
  [ "$language" = c ] || systems="$systems $(cat "$data_dir/cxx_headers.txt")"
  check "the system's headers alone" "$systems"
  check "all headers after the system's" "$systems $ours"
  check "all headers before the system's" "$ours $systems"
}

# Annotations of either spelling, with a header of the C++ library behind them that has variables of these names.
check_annotations() {
  compiled=$((compiled + 1))
  behind=
  [ "$language" = c ] || behind='#include <algorithm>'
  if ! printf '#include <windows.h>\n%s\nint f(__in int a, __out_ecount(a) int* b, __out int* c, _In_opt_ int* d);\n' "$behind" |
    "$compiler" -x "$language" "-std=$standard" -I"$header_dir" -Wall -Wextra -Wpedantic -Werror -fsyntax-only -
  then
    echo "FAILED: annotations"
    failures=$((failures + 1))
  fi
}

check_each_alone
check_each_first_and_last
check_other_spellings
check_with_system_headers
check_annotations
echo "$compiled translation units, $failures failed"
[ "$failures" -eq 0 ]
