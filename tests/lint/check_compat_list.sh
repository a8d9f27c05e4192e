#!/bin/sh
# SPDX-License-Identifier: MIT
# check_compat_list.sh ROOT: docs/win32-compat.md names every function that libiphlpapi exports. A name may be shortened there
# to its end, as in "GetTcpTable, ...Table2". Prefixes and suffixes that only tell symbols apart are none of a function's name.
set -eu
cd "$1"
sed -e 's/#.*//' -e 's/^win32_//' -e 's/_wchar32$//' -e '/^$/d' src/win32/symbols_*.txt | sort -u |
  awk '
    FNR == NR {
      count = split($0, words, /[^A-Za-z0-9_.]+/)
      for (i = 1; i <= count; i++) {
        word = words[i]
        if (sub(/^\.\.\./, "", word)) ends[word] = 1
        sub(/\.+$/, "", word)
        named[word] = 1
      }
      next
    }
    {
      found = $1 in named
      for (end in ends) found = found || (length(end) > 4 && substr($1, length($1) - length(end) + 1) == end)
      if (!found) { print $1 ": exported, and not in docs/win32-compat.md"; missing = 1 }
      names++
    }
    END { exit missing || names == 0 }
  ' docs/win32-compat.md -
