#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds connection_table.c as one language by one compiler against the built library, as a user would, and has the
# checker run it. The formats are those of Windows programs, which print a DWORD with %ld, and give no warning.
#   check_program.sh COMPILER c|c++ STANDARD SOURCE HEADER_DIR LIBRARY CHECKER WORK_DIR [OPTIONS...]
set -eu
. "$(dirname "$0")/require_compiler.sh"
require_compiler "$1"
compiler=$1 language=$2 standard=$3 source=$4 header_dir=$5 library=$6 checker=$7 work_dir=$8
shift 8

mkdir -p "$work_dir"
"$compiler" -x "$language" "-std=$standard" -I"$header_dir" -Wall -Wextra -Wpedantic -Werror -Wno-unknown-pragmas \
  "$@" "$source" -x none "$library" "-Wl,-rpath,$(dirname "$library")" -o "$work_dir/connection_table"
"$checker" "$work_dir/connection_table"
