#!/bin/sh
# SPDX-License-Identifier: MIT
# Compares what the shared library exports with the lists of what it shall export, and checks its SONAME.
#   check_exports.sh LIBRARY SONAME VERSION_NODE WORK_DIR SYMBOL_FILE...
set -eu
export LC_ALL=C
library=$1 soname=$2 version_node=$3 work_dir=$4
shift 4

mkdir -p "$work_dir"
cat "$@" | sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' | sort > "$work_dir/wanted"
if [ -n "$(uniq -d "$work_dir/wanted")" ]; then
  echo "listed twice:" && uniq -d "$work_dir/wanted"
  exit 1
fi

# The version node is itself an absolute symbol; every other one must carry it.
nm -D --defined-only "$library" | awk -v node="$version_node" '
  $2 == "A" && $3 == node { next }
  { sub("@@" node "$", "", $3); print $3 }' | sort > "$work_dir/exported"
diff -u "$work_dir/wanted" "$work_dir/exported" || { echo "exports differ from the lists (-wanted +exported)"; exit 1; }

# What the headers do to a program's wide streams is for programs that include them.
if nm -C "$library" | grep -q tcptable_win32::; then
  echo "the library itself has the headers' C++ part in it"
  exit 1
fi

readelf -d "$library" | grep -q "SONAME.*\[$soname\]" || { echo "the SONAME is not $soname"; exit 1; }
echo "$(wc -l < "$work_dir/wanted") symbols as listed, SONAME $soname"
