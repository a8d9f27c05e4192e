# SPDX-License-Identifier: MIT
# Read by fetch.sh and build.sh: packages of a Debian suite, without installing them. All of it is kept in the directory in
# which use_suite was called.

# The reason is run.sh's to print.
skip() {
  echo "SKIP: $1"
  exit 77
}

apt() {
  command=$1
  shift
  "$command" -q -o Dir::Etc::SourceList="$suite_directory/sources.list" -o Dir::Etc::SourceParts=- \
    -o Dir::State::Lists="$suite_directory/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= "$@"
}

use_suite() {
  suite_directory=$PWD
  mkdir -p lists/partial packages
  echo "deb http://deb.debian.org/debian $1 main" >sources.list
  apt apt-get update >/dev/null 2>&1 || skip "the mirror doesn't answer"
}

# What these packages have in them, under tree/.
unpack() {
  for name in "$@"; do
    (cd packages && apt apt-get download "$name" >/dev/null 2>&1) || skip "the mirror doesn't have $name"
  done
  for package in packages/*.deb; do dpkg-deb -x "$package" tree; done
}
