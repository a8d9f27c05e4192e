# SPDX-License-Identifier: MIT
# Sourced by the scripts that run a compiler: without it they end with the code that CTest shows as a skip.
require_compiler() {
  if [ -z "$1" ] || ! command -v "$1" > /dev/null; then
    echo "skipped: the compiler '$1' is not installed"
    exit 77
  fi
}
