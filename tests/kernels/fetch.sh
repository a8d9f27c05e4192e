#!/bin/sh
# SPDX-License-Identifier: MIT
# fetch.sh SUITE DIRECTORY: gets the newest cloud kernel of a Debian suite: DIRECTORY/vmlinuz, and the modules that the
# tests need. Exit status 77: the mirror doesn't have it.
set -eu
suite=$1
directory=$2
[ ! -e "$directory/vmlinuz" ] || exit 0
mkdir -p "$directory/lists/partial" "$directory/packages"
echo "deb http://deb.debian.org/debian $suite main" >"$directory/sources.list"

apt() {
  command=$1
  shift
  "$command" -q -o Dir::Etc::SourceList="$directory/sources.list" -o Dir::Etc::SourceParts=- \
    -o Dir::State::Lists="$directory/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= "$@"
}

# A kernel is one package, or since 6.19 one of the image and one of the modules.
packages() {
  for name in linux-image linux-modules linux-binary; do
    apt apt-cache depends "$name-cloud-amd64" 2>/dev/null |
      sed -n 's/^ *Depends: \(linux-[a-z]*-[0-9].*-cloud-amd64.*\)/\1/p'
  done | sort -u
}

cd "$directory"
apt apt-get update >/dev/null 2>&1 || exit 77
names=$(packages)
[ -n "$names" ] || exit 77
wanted=$names
for name in $names; do
  wanted="$wanted $(apt apt-cache depends "$name" 2>/dev/null | sed -n 's/^ *Depends: \(linux-\(binary\|modules\)-[0-9].*\)/\1/p')"
done
for name in $(printf '%s\n' $wanted | sort -u); do
  (cd packages && apt apt-get download "$name" >/dev/null 2>&1) || exit 77
done
for package in packages/*.deb; do dpkg-deb -x "$package" tree; done
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
