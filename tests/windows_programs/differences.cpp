// SPDX-License-Identifier: MIT
#include "windows_programs/differences.hpp"

#include <algorithm>
#include <regex>
#include <sstream>

namespace tcptable::test {
namespace {

std::string sorted_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line + "\n");
  std::ranges::sort(lines);
  std::string joined;
  for (const std::string& line : lines) joined += line;
  return joined;
}

}  // namespace

std::string compare(std::string native, std::string wine, const std::vector<Difference>& differences,
                    Lines lines) {
  std::string findings;
  for (const Difference& difference : differences) {
    std::string changed = std::regex_replace(native, std::regex(difference.native), difference.wine);
    if (changed == native) findings += "no difference any more: " + difference.point + "\n";
    native = std::move(changed);
  }
  if (lines == Lines::wine_sorts_wrongly) {
    if (native == wine) findings += "no difference any more: Wine's order\n";
    native = sorted_lines(native);
    wine = sorted_lines(wine);
  }
  if (native != wine)
    findings += "differences that are not listed; native, changed by the list:\n" + native + "Wine:\n" + wine;
  return findings;
}

}  // namespace tcptable::test
