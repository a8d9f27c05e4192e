#!/bin/sh
# SPDX-License-Identifier: MIT
# run_example.sh EXAMPLE DOCUMENT STAGE LISTENER NODE-MODULES: takes the example from the document, runs it by its runtime on
# the staged library, and looks for a listening socket's line in what it prints. Ends with 77 where the runtime is missing.
set -eu
example=$1 document=$2 stage=$3 listener=$4 node_modules=$5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

need() {
  command -v "$1" >/dev/null && return
  echo "skipped: $1 is not installed ($2; make test-languages installs it)"
  exit 77
}

awk -v marker="<!-- example: $example -->" '
  $0 == marker { found = 1; next }
  found && /^```/ { if (inside) exit; inside = 1; next }
  inside { print }' "$document" >"$work/$example"
[ -s "$work/$example" ] || { echo "FAILED: $document has no example $example"; exit 1; }

libdir=$(dirname "$(find "$stage" -name libiphlpapi.so.1)")
jars=/usr/share/java
run() {
  cd "$work"
  export LD_LIBRARY_PATH="$libdir"
  case $example in
    *.cs) mcs -nologo "$example" >&2 && mono ports.exe ;;
    *.java) java -cp "$jars/jna.jar:$jars/jna-platform.jar" "$example" ;;
    *.js) NODE_PATH=$node_modules node "$example" ;;
    cdll.py) python3 "$example" ;;
    windll.py) PYTHONPATH=$(dirname "$(find "$stage" -type d -name iphlpapi -path '*python*')") python3 -m iphlpapi "$example" ;;
    *.rs) rustc --edition 2021 -L "$libdir" "$example" >&2 && ./ports ;;
  esac
}

case $example in
  *.cs) need mcs mono-mcs && need mono mono-runtime ;;
  *.java) need javac openjdk-17-jdk-headless ;;
  *.js) need node nodejs ;;
  *.py) need python3 python3 ;;
  *.rs) need rustc rustc ;;
esac
case $example in
  *.java) [ -e "$jars/jna-platform.jar" ] || { echo "skipped: JNA is not installed (libjna-platform-java)"; exit 77; } ;;
  *.js) [ -e "$node_modules/koffi" ] || { echo "skipped: koffi is not installed (make test-languages gets it by npm)"; exit 77; } ;;
esac

mkfifo "$work/leash" "$work/where"
"$listener" <"$work/leash" >"$work/where" &
exec 3>"$work/leash"
read -r port pid <"$work/where"
(run) >"$work/printed" || { echo "FAILED: $example ended with $?"; exit 1; }
exec 3>&-
if ! grep -q "^127\.0\.0\.1:$port $pid\( $(readlink -f "$listener")\)\{0,1\}\$" "$work/printed"; then
  echo "FAILED: $example printed no line for 127.0.0.1:$port of process $pid:"
  cat "$work/printed"
  exit 1
fi
