# SPDX-License-Identifier: MIT
# Makes a man page's source (scdoc(5)) of one of our documents, so that neither has to be kept true to the other.
# awk -v page=NAME -v section=N -v about=TEXT -f markdown-to-scdoc.awk FILE.md

# Of "[text](address)" the text.
function without_links(text,   before, link) {
  while (match(text, /\[[^][]*\]\([^)]*\)/)) {
    link = substr(text, RSTART + 1, RLENGTH - 1)
    before = substr(text, 1, RSTART - 1)
    text = before substr(link, 1, index(link, "]") - 1) substr(text, RSTART + RLENGTH)
  }
  return text
}

function inline(text) {
  text = without_links(text)
  gsub(/\\\|/, "|", text)
  gsub(/\\/, "\\\\", text)
  gsub(/\*\*/, "\001", text)  # bold
  gsub(/`/, "\001", text)     # code: bold, too
  gsub(/\*/, "\\*", text)
  gsub(/_/, "\\_", text)
  gsub(/~/, "\\~", text)
  gsub(/</, "\\<", text)
  gsub(/>/, "\\>", text)
  gsub(/\001/, "*", text)
  sub(/^[[|]/, "\\\\&", text)  # would begin a table
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
/^    / && !indented { print "```"; indented = 1 }
!/^    / && indented { print "```"; indented = 0 }
indented { print substr($0, 5); next }
/^## / { print "# " toupper(substr($0, 4)); next }
/^\|[ -]*[-]+/ { header = 0; next }
/^\|/ && !table { table = 1; next }  # a table's heading
/^\|/ { row($0); next }
{ table = 0; print inline($0) }
END { if (indented) print "```" }
