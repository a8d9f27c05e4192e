#!/bin/sh
# SPDX-License-Identifier: MIT
# build.sh CONFIG DIRECTORY: builds a kernel of which Debian has no package, from Debian's sources with the options in CONFIG
# and no others: DIRECTORY/vmlinuz. That is done once, and anew where CONFIG has changed: 150 MB to fetch, 2 GB of disk
# meanwhile, some 3 minutes on 2 cores. Exit status 77, and a line that says why: it can't be had.
set -eu
. "$(dirname "$(realpath "$0")")/debian.sh"
config=$(realpath "$1")
directory=$2
! cmp -s "$config" "$directory/config" || exit 0

for tool in gcc make flex bison bc; do
  command -v "$tool" >/dev/null || skip "needs $tool to build a kernel"
done
echo '#include <gelf.h>' | gcc -E -x c - >/dev/null 2>&1 || skip "needs libelf-dev to build a kernel"
rm -rf "$directory"
mkdir -p "$directory"
cd "$directory"
use_suite trixie
unpack linux-source-6.12
mkdir source
tar -xJf tree/usr/src/linux-source-6.12.tar.xz -C source --strip-components=1
rm -rf tree packages lists

make -C source KCONFIG_ALLCONFIG="$config" allnoconfig >build.log 2>&1
# An option whose conditions aren't met is dropped without a word.
if grep '^CONFIG_' "$config" | grep -vxF -f source/.config; then
  echo "the kernel has no such options"
  exit 1
fi
make -C source -j"$(nproc)" bzImage >>build.log 2>&1 || {
  tail -n 40 build.log
  exit 1
}
cp source/arch/x86/boot/bzImage vmlinuz
rm -rf source
cp "$config" config
