#!/bin/sh
# SPDX-License-Identifier: MIT
# check_trust_list.sh ROOT: every file of tests/ that docs/trust.md names exists, and a build or a script runs it.
set -eu
cd "$1"
names=$(grep -o 'tests/[a-z0-9_/]*\.[a-z]*' docs/trust.md | sort -u)
[ -n "$names" ] || { echo "docs/trust.md names no test"; exit 1; }
status=0
for name in $names; do
  if [ ! -f "$name" ]; then
    echo "docs/trust.md: $name does not exist"
    status=1
    continue
  fi
  subject=$(basename "${name%.*}")
  subject=${subject%_test}
  subject=${subject%_fuzz}
  grep -qw -e "$subject" -e "${subject}_test.cpp" "$(dirname "$name")/CMakeLists.txt" || {
    echo "docs/trust.md: nothing builds $name"
    status=1
  }
done
exit $status
