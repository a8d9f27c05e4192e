// SPDX-License-Identifier: MIT
// What Wine is known to print otherwise, by name, and the comparison that allows nothing else.
#pragma once

#include <string>
#include <vector>

namespace tcptable::test {

/// Makes of the native text the one that Wine prints, in one point.
struct Difference {
  std::string point;
  std::string native;  ///< A regular expression (ECMAScript), ...
  std::string wine;    ///< ... and what Wine has instead; "$1" is the first group.
};

enum class Lines {
  in_order,
  wine_sorts_wrongly,  ///< IPv4 TCP by the first two octets only, and UDP by no order at all.
};

/// Empty if the texts differ in all of these points and in nothing else; otherwise what there is to say. A
/// point that no longer differs is a finding too.
std::string compare(std::string native, std::string wine, const std::vector<Difference>& differences,
                    Lines lines);

}  // namespace tcptable::test
