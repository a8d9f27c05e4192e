#!/bin/sh
# SPDX-License-Identifier: MIT
# check_coexistence.sh COMPILER WIN32-HEADERS: our headers and the system's in one file, in both orders, as C and C++.
set -u
compiler=$1
headers=$2
# sal.h and tcptable_wcout.h then include none of the C++ library's headers, which would be most of the time.
quick="-DTCPTABLE_WITHOUT_IN_OUT -DTCPTABLE_WITHOUT_WCOUT"
main="int main(void) { return 0; }"
failures=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# compile LANGUAGE STANDARD HEADER...
compile() {
  language=$1
  standard=$2
  shift 2
  for header in "$@"; do echo "#include <$header>"; done >"$work/unit"
  echo "$main" >>"$work/unit"
  "$compiler" -x "$language" "-std=$standard" -Wall -Wextra -Wpedantic -Werror "-I$headers" -fsyntax-only $quick \
    "$work/unit" >"$work/log" 2>&1
}

expect_success() {
  compile "$@" && return
  echo "FAILED: $*"
  head -n 5 "$work/log"
  failures=$((failures + 1))
}

expect_one_error() {
  if compile "$@" || [ "$(grep -c 'error:' "$work/log")" -ne 1 ] || ! grep -q "one file can include only" "$work/log"; then
    echo "FAILED, not one clear error: $*"
    head -n 5 "$work/log"
    failures=$((failures + 1))
  fi
}

# As many programs of Windows do it: no header of sockets is named, and sockets are used.
expect_sockets() {
  kept_main=$main main="static IN_ADDR none; int main(void) { return ntohs(0) == AF_INET || inet_ntoa(none) == 0; }"
  expect_success "$@"
  main=$kept_main
}

# Those that share names with winsock2.h, each by itself; all others at once.
sharing="unistd.h stdlib.h sys/types.h sys/time.h sys/select.h"
others="stdio.h string.h wchar.h pthread.h signal.h errno.h"
cxx_headers="string vector map thread chrono filesystem iostream algorithm regex memory future"
ours="winsock2.h ws2tcpip.h windows.h iphlpapi.h"

for mode in "c c11" "c gnu11" "c++ c++17" "c++ c++20"; do
  set -- $mode
  for system in $sharing; do
    expect_success "$@" "$system" $ours
    expect_success "$@" $ours "$system"
  done
  [ "$1" = c ] && system=$others || system="$others $cxx_headers"
  kept=$quick quick=
  expect_success "$@" $system $ours
  expect_success "$@" $ours $system
  quick=$kept
  expect_success "$@" windows.h winsock2.h iphlpapi.h
  expect_success "$@" iphlpapi.h ws2tcpip.h windows.h
  expect_success "$@" netinet/in.h iphlpapi.h
  expect_success "$@" sys/socket.h arpa/inet.h windows.h iphlpapi.h
  expect_success "$@" windows.h sys/socket.h iphlpapi.h
  expect_sockets "$@" windows.h iphlpapi.h
  for system in sys/socket.h netinet/in.h arpa/inet.h netdb.h; do
    expect_one_error "$@" "$system" winsock2.h
    expect_one_error "$@" winsock2.h "$system"
  done
  expect_one_error "$@" iphlpapi.h netinet/in.h
done
[ "$failures" -eq 0 ]
