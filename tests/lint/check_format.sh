#!/bin/sh
# SPDX-License-Identifier: MIT
# check_format.sh ROOT: every source is as clang-format 14 leaves it.
cd "$1" || exit 2
if ! clang-format --version 2>/dev/null | grep -q 'version 14'; then
  echo "skipped: needs clang-format 14, since versions differ in what they do"
  exit 77
fi
find include src tools tests bench examples \( -name '*.cpp' -o -name '*.hpp' -o -name '*.h' -o -name '*.c' \) -exec \
  clang-format --dry-run -Werror {} +
