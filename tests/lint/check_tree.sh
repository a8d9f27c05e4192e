#!/bin/sh
# SPDX-License-Identifier: MIT
# check_tree.sh ROOT: the rules of docs/architecture.md that a machine can hold: no include points up, Windows' words stay
# at their edge, files stay small. Each finding is one line; the exit status says whether there was one.
set -u
cd "$1" || exit 2
found=$(mktemp)
trap 'rm -f "$found"' EXIT

finding() { echo "$1" | tee -a "$found"; }

sources() { find "$@" -name '*.cpp' -o -name '*.hpp' -o -name '*.h' -o -name '*.c' 2>/dev/null; }

# layer FOLDER ALLOWED-PREFIX...: what the rooted includes of a folder may start with.
layer() {
  folder=$1
  shift
  [ -d "$folder" ] || return 0
  for file in $(sources "$folder"); do
    for include in $(sed -n 's/^ *# *include "\([^"]*\)".*/\1/p' "$file"); do
      allowed=no
      for prefix in "$@"; do
        case $include in "$prefix"*) allowed=yes ;; esac
      done
      [ $allowed = yes ] || finding "$file: \"$include\" points out of its layer"
    done
  done
}

layer src/model model/
layer src/sys sys/
layer src/backend/sock_diag backend/sock_diag/ backend/backend.hpp backend/bound_sockets.hpp backend/hashed_sockets.hpp backend/tables.hpp backend/tcp_pass.hpp sys/ model/
layer src/backend/bpf backend/bpf/ backend/backend.hpp backend/hashed_sockets.hpp sys/ model/
layer src/backend/procfs backend/procfs/ backend/backend.hpp backend/bound_sockets.hpp backend/tables.hpp backend/tcp_pass.hpp sys/ model/
layer src/backend backend/ sys/ model/
layer src/owner owner/ sys/ model/
layer src/api api/ backend/ owner/ model/ sys/
layer src/win32 win32/ sys/lasting.hpp sys/workers.hpp
layer tools/tcptable tcptable/
layer bench bench/
layer include/tcptable none

for file in $(sources include/tcptable src/model src/sys src/backend src/owner src/api tools); do
  grep -nwE 'DWORD|ULONG|MIB_[A-Z0-9_]+|ERROR_[A-Z_]+|WINAPI|FILETIME' "$file" |
    while read -r line; do finding "$file:$line: a Windows word outside its edge"; done
done

for file in $(sources include src tools tests bench examples); do
  head -n 1 "$file" | grep -q 'SPDX-License-Identifier: MIT' || finding "$file: no SPDX line first"
  [ "$(wc -l <"$file")" -le 600 ] || finding "$file: more than 600 lines"
  grep -n 'include "\.\./' "$file" | while read -r line; do finding "$file:$line: include by \"../\""; done
done

for file in $(sources include src tools | grep -E '\.(h|hpp)$'); do
  grep -n '^using namespace' "$file" | while read -r line; do finding "$file:$line: using namespace in a header"; done
done

[ ! -s "$found" ]
