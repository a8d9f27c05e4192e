#!/bin/sh
# SPDX-License-Identifier: MIT
# check_document.sh HEADER DOCUMENT: each member of a ROS or ROD structure has exactly one line in the document's table of its
# structure, and no other has.
set -eu
header=$1 document=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

awk '/^} TCP_ESTATS_.*_RO[SD]_v0/ { for (i = 0; i < n; i++) print $2, member[i] }
     /^typedef struct/ { n = 0 }
     /^  [A-Za-z0-9_]+ [A-Za-z]+;$/ { sub(";", "", $2); member[n++] = $2 }' "$header" | sed 's/,//' | sort >"$work/declared"
awk -F '|' '/^## / { split($0, words, " "); structure = words[2] "_v0" }
     structure ~ /^TCP_ESTATS_/ && /^\| [A-Z]/ { split($2, names, ", "); for (i in names) { gsub(/ /, "", names[i]); print structure, names[i] } }' \
  "$document" | sort >"$work/documented"
[ "$(wc -l <"$work/declared")" -gt 90 ] || { echo "members not recognized in $header"; exit 1; }
diff -u "$work/declared" "$work/documented" || { echo "document and header differ (-declared +documented)"; exit 1; }
