# SPDX-License-Identifier: MIT
# Makes a man page's source (scdoc(5)) of one of our documents, so that neither has to be kept true to the other.
# awk -v page=NAME -v section=N -v about=TEXT -f markdown-to-scdoc.awk FILE.md

function inline(text) {
  gsub(/\\\|/, "|", text)
  gsub(/\\/, "\\\\", text)
  gsub(/\*\*/, "\001", text)  # bold
  gsub(/`/, "\001", text)     # code: bold, too
  gsub(/\*/, "\\*", text)
  gsub(/_/, "\\_", text)
  gsub(/\[([^][]*)\]\([^)]*\)/, "&", text)
  gsub(/~/, "\\~", text)
  gsub(/</, "\\<", text)
  gsub(/>/, "\\>", text)
  gsub(/\001/, "*", text)
  return text
}

function row(line,   cells, count, i, rest) {
  gsub(/\\\|/, "\002", line)
  count = split(line, cells, /[ ]*\|[ ]*/)
  rest = ""
  for (i = 3; i < count; ++i) {
    gsub(/\002/, "|", cells[i])
    if (cells[i] != "") rest = rest (rest == "" ? "" : "; ") inline(cells[i])
  }
  gsub(/\002/, "|", cells[2])
  printf "%s\n\t%s\n\n", inline(cells[2]), rest
}

NR == 1 {
  printf "%s(%s)\n\n# NAME\n\n%s - %s\n\n# DESCRIPTION\n", page, section, page, about
  next
}
/^```/ { print "```"; code = !code; next }
code { print; next }
/^## / { print "# " toupper(substr($0, 4)); next }
/^\|[ -]*[-]+/ { header = 0; next }
/^\|/ && !table { table = 1; next }  # a table's heading
/^\|/ { row($0); next }
{ table = 0; print inline($0) }
