#!/bin/sh
# SPDX-License-Identifier: MIT
# Compares the library's functions, their parameters and the structures that these reach with the baseline's. What
# was added is no difference.
#   check_unchanged.sh LIBRARY BASELINE
set -eu
library=$1 baseline=$2
command -v abidiff > /dev/null || { echo "skipped: needs abidiff (Debian: abigail-tools)"; exit 77; }
readelf -S "$library" | grep -q '\.debug_info' || { echo "skipped: the library has no debug information"; exit 77; }
abidiff --no-added-syms --no-show-locs --exported-interfaces-only \
  --suppressions "$(dirname "$0")/system_types.ini" "$baseline" "$library"
echo "as in $(basename "$baseline")"
