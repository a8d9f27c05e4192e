#!/bin/sh
# SPDX-License-Identifier: MIT
# A check that can't fail is none: a tree with one fault of each kind must give each finding.
set -eu
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/src/model" "$root/src/backend/procfs" "$root/src/owner" "$root/tools" "$root/tests" "$root/bench" \
  "$root/include/tcptable"
spdx='// SPDX-License-Identifier: MIT'

expect() {
  if sh "$(dirname "$0")/check_tree.sh" "$root" >"$root/findings"; then
    echo "FAILED: no finding where '$1' was due"
    exit 1
  fi
  grep -q "$1" "$root/findings" || { echo "FAILED: not found: $1"; cat "$root/findings"; exit 1; }
  rm "$2"
}

sh "$(dirname "$0")/check_tree.sh" "$root" || { echo "FAILED: a finding in an empty tree"; exit 1; }
printf '%s\n#include "sys/kernel.hpp"\n' "$spdx" >"$root/src/model/up.cpp"
expect 'points out of its layer' "$root/src/model/up.cpp"
printf '%s\n#include "backend/sock_diag/diag_message.hpp"\n' "$spdx" >"$root/src/backend/procfs/sibling.cpp"
expect 'points out of its layer' "$root/src/backend/procfs/sibling.cpp"
printf '%s\n#include "backend/backend.hpp"\n' "$spdx" >"$root/src/owner/sideways.cpp"
expect 'points out of its layer' "$root/src/owner/sideways.cpp"
printf '%s\nunsigned DWORD;\n' "$spdx" >"$root/src/model/word.cpp"
expect 'a Windows word' "$root/src/model/word.cpp"
echo 'int x;' >"$root/src/model/bare.cpp"
expect 'no SPDX line' "$root/src/model/bare.cpp"
{ echo "$spdx"; yes '// line' | head -n 700; } >"$root/src/model/long.cpp"
expect 'more than 600 lines' "$root/src/model/long.cpp"
printf '%s\n#include "../x.hpp"\n' "$spdx" >"$root/tests/dots.cpp"
expect 'include by' "$root/tests/dots.cpp"
printf '%s\nusing namespace std;\n' "$spdx" >"$root/src/model/wide.hpp"
expect 'using namespace in a header' "$root/src/model/wide.hpp"

# The list of promises: a test that is not there, and one that nothing builds.
trust_list_fails() {
  ! sh "$(dirname "$0")/check_trust_list.sh" "$root" >"$root/findings" && grep -q "$1" "$root/findings" && return
  echo "FAILED: not found: $1"
  cat "$root/findings"
  exit 1
}
mkdir -p "$root/docs" "$root/tests/unit"
echo '| a promise | tests/unit/forgotten_test.cpp |' >"$root/docs/trust.md"
trust_list_fails 'does not exist'
touch "$root/tests/unit/forgotten_test.cpp" "$root/tests/unit/CMakeLists.txt"
trust_list_fails 'nothing builds'
echo 'foreach(subject forgotten)' >"$root/tests/unit/CMakeLists.txt"
sh "$(dirname "$0")/check_trust_list.sh" "$root"
