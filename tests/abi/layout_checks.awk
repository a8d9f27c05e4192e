# SPDX-License-Identifier: MIT
# Turns a table of layouts (struct, field, offset, size) into static assertions that C11 and C++ both take:
#   awk -v left_out=layouts_left_out.tsv -f layout_checks.awk layouts.tsv > layout_checks.inc
# left_out names the entries that are not checked, each with its reason. A line that is neither checked nor left out
# is an error, and so is a left-out name that matches nothing: nothing is dropped in silence.
function fail(message) {
  print message > "/dev/stderr"
  failed = 1
}

function read_left_out(    line, columns) {
  getline line < left_out  # the column names
  while ((getline line < left_out) > 0) {
    if (split(line, columns, "\t") != 2 || columns[2] == "") fail(left_out ": a name without a reason: " line)
    reason[columns[1]] = columns[2]
  }
}

function is_left_out(name,    pattern, prefix) {
  for (pattern in reason) {
    prefix = pattern
    if (pattern == name || (sub(/\*$/, "", prefix) && index(name, prefix) == 1)) {
      used[pattern] = 1
      return 1
    }
  }
  return 0
}

function assert_equal(expression, value, label) {
  printf "static_assert((%s) == %s, \"%s is %s\");\n", expression, value, label, value
  checks++
}

BEGIN {
  FS = "\t"
  if (left_out != "") read_left_out()
}

FNR == 1 { next }
NF != 4 || $4 !~ /^[0-9]+$/ { fail(FILENAME ":" FNR ": not a line of four columns: " $0); next }
is_left_out($1) { next }
$3 == "-" && ($1 == "const" || $1 == "macro") { assert_equal($2, $4, $2); next }
$3 == "-" && $2 == "(sizeof)" { assert_equal("sizeof(" $1 ")", $4, "sizeof(" $1 ")"); next }
$3 == "-" && $2 == "(alignof)" { assert_equal("alignof(" $1 ")", $4, "alignof(" $1 ")"); next }
$3 ~ /^[0-9]+$/ && $2 ~ /^[A-Za-z_0-9]+$/ {
  assert_equal("offsetof(" $1 ", " $2 ")", $3, "offset of " $1 "." $2)
  assert_equal("FIELD_SIZE(" $1 ", " $2 ")", $4, "size of " $1 "." $2)
  next
}
{ fail(FILENAME ":" FNR ": no check for this line: " $0) }

END {
  for (pattern in reason)
    if (!(pattern in used)) fail(left_out ": " pattern " matches no line")
  if (checks == 0) fail(FILENAME ": no checks at all")
  exit failed
}
