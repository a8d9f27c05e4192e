#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds programs against a stand-in with the baseline's names, SONAME and version node, as they were built then, and
# runs them with the present library: one that asks for every name, and one that calls.
#   check_baseline_program.sh COMPILER BASELINE PROGRAM LIBRARY WORK_DIR
set -eu
export LC_ALL=C
. "$(dirname "$0")/require_compiler.sh"
require_compiler "$1"
compiler=$1 baseline=$2 program=$3 library=$4 work_dir=$5
mkdir -p "$work_dir"
cd "$work_dir"

# The corpus's head names the SONAME, and each symbol has a line with its name and version.
soname=$(sed -n "s/.* soname='\([^']*\)'.*/\1/p" "$baseline" | head -n 1)
sed -n "s/.*<elf-symbol name='\([^']*\)' version='\([^']*\)'.*/\1 \2/p" "$baseline" > symbols
node=$(cut -d ' ' -f 2 symbols | sort -u)
[ "$(echo "$node" | wc -w)" -eq 1 ] && [ -n "$soname" ] || { echo "the baseline has no single version node"; exit 1; }

awk 'BEGIN { print ".text" } { print ".globl " $1 "\n.type " $1 ",%function\n" $1 ": .byte 0" }
     END { print ".section .note.GNU-stack,\"\",%progbits" }' symbols > stand_in.s
{ echo "$node {"; echo "  global: *;"; echo "};"; } > stand_in.map
"$compiler" -shared -nostdlib -Wl,-soname,"$soname" -Wl,--version-script=stand_in.map stand_in.s -o stand_in.so

awk '{ print "extern char " $1 "[] __asm__(\"" $1 "\");"; names = names "  " $1 ",\n" }
     END { print "char* every_name[] = {\n" names "};\nint main(void) { return every_name[0] == 0; }" }' symbols |
  sed 's/\<\([A-Za-z_][A-Za-z_0-9]*\)\(\[\] __asm__\)/name_\1\2/; s/^  \([A-Za-z_].*\),$/  name_\1,/' > every_name.c
"$compiler" -w every_name.c stand_in.so -o every_name
"$compiler" -std=c11 -D_DEFAULT_SOURCE "$program" stand_in.so -o program

mkdir -p present
ln -sf "$library" "present/$soname"
for built in every_name program; do
  LD_BIND_NOW=1 LD_LIBRARY_PATH=present "./$built"
done
echo "$(wc -l < symbols) names of $soname, $node"
