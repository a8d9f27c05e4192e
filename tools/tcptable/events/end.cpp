// SPDX-License-Identifier: MIT
#include "tcptable/events/end.hpp"

#include <fmt/format.h>

#include "tcptable/output/quantity.hpp"

namespace tool {
namespace {

std::string_view plural(std::uint64_t count) {
  return count == 1 ? "" : "s";
}

std::string losses_text(const tcptable::EventLosses& losses) {
  if (is_lossless(losses)) return "none lost";
  std::string text;
  if (losses.dropped != 0) text = fmt::format("{} lost", losses.dropped);
  if (losses.overruns == 0) return text;
  return fmt::format("{}{}the kernel dropped closings {} time{}, an unknown number of them", text,
                     text.empty() ? "" : "; ", losses.overruns, plural(losses.overruns));
}

}  // namespace

bool is_lossless(const tcptable::EventLosses& losses) {
  return losses.dropped == 0 && losses.overruns == 0;
}

std::string end_line(const EventTotals& totals) {
  std::string line =
      fmt::format("{} event{} in {}", totals.seen, plural(totals.seen), duration_text(totals.duration));
  if (totals.shown != totals.seen) line += fmt::format(", {} of them shown", totals.shown);
  return line + "; " + losses_text(totals.losses) + "\n";
}

}  // namespace tool
