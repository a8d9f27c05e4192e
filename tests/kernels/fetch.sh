#!/bin/sh
# SPDX-License-Identifier: MIT
# fetch.sh SUITE DIRECTORY: gets the newest cloud kernel of a Debian suite: DIRECTORY/vmlinuz, and the modules that the
# tests need. Exit status 77, and a line that says why: it can't be had.
set -eu
. "$(dirname "$(realpath "$0")")/debian.sh"
suite=$1
directory=$2
[ ! -e "$directory/vmlinuz" ] || exit 0
mkdir -p "$directory"
cd "$directory"

# A kernel is one package, or since 6.19 one of the image and one of the modules.
packages() {
  for name in linux-image linux-modules linux-binary; do
    apt apt-cache depends "$name-cloud-amd64" 2>/dev/null |
      sed -n 's/^ *Depends: \(linux-[a-z]*-[0-9].*-cloud-amd64.*\)/\1/p'
  done | sort -u
}

use_suite "$suite"
names=$(packages)
[ -n "$names" ] || skip "the mirror has no kernel of $suite"
wanted=$names
for name in $names; do
  wanted="$wanted $(apt apt-cache depends "$name" 2>/dev/null | sed -n 's/^ *Depends: \(linux-\(binary\|modules\)-[0-9].*\)/\1/p')"
done
# shellcheck disable=SC2046,SC2086 # lists of words
unpack $(printf '%s\n' $wanted | sort -u)
for module in inet_diag tcp_diag udp_diag dummy veth; do
  file=$(find tree -name "$module.ko*" | head -n 1)
  case $file in
    *.xz) xz -dc "$file" ;;
    *.zst) zstd -dqc "$file" ;;
    *.ko) cat "$file" ;;
    *) continue ;; # built in
  esac >"$module.ko"
done
cp "$(find tree -name 'vmlinuz*' | head -n 1)" vmlinuz
rm -rf tree packages lists
