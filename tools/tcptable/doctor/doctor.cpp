// SPDX-License-Identifier: MIT
#include "tcptable/doctor/doctor.hpp"

#include <fmt/format.h>
#include <string.h>

#include <algorithm>
#include <span>
#include <string>

#include "tcptable/doctor/advice.hpp"
#include "tcptable/output/display.hpp"
#include "tcptable/output/grid.hpp"
#include "tcptable/output/json_text.hpp"

namespace tool {
namespace {

using doctor::Advice;
using tcptable::Check;
using tcptable::Finding;
using tcptable::Verdict;
using Findings = std::span<const Finding>;

bool is_trouble(const Finding& finding) {
  return finding.verdict == Verdict::limited || finding.verdict == Verdict::no;
}

bool is_in_container(Findings findings) {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.check == Check::container && finding.fact != "none";
  });
}

std::string error_name(const Finding& finding) {
  const char* name = finding.sys_errno != 0 ? ::strerrorname_np(finding.sys_errno) : "";
  return name != nullptr ? name : std::to_string(finding.sys_errno);
}

void print_grid(Findings findings, ChunkedOutput& out) {
  const auto visit = [&](const auto& cell) {
    for (const char* heading : {"CHECK", "RESULT", "FOUND"}) cell(escape(heading));
    for (const Finding& finding : findings) {
      cell(escape(to_string(finding.check)));
      cell(escape(to_string(finding.verdict)));
      cell(escape(finding.fact.empty() ? error_name(finding) : finding.fact));
    }
  };
  ColumnWidths widths(3);
  visit([&](const DisplayText& text) { widths.add(text); });
  GridPrinter grid(widths, out);
  visit([&](const DisplayText& text) { grid.add(text); });
}

Advice advice_for(const Finding& finding, bool in_container) {
  return doctor::advice_for(finding, in_container && !doctor::is_within_bounds(finding.check));
}

// A remedy stands once below neighbours that share it.
void print_advice(Findings findings, ChunkedOutput& out) {
  const bool in_container = is_in_container(findings);
  std::string_view pending;
  const auto print_pending = [&](std::string_view next) {
    if (!pending.empty() && pending != next) out.append(fmt::format("    {}\n", pending));
    pending = next;
  };
  for (const Finding& finding : findings) {
    if (!is_trouble(finding)) continue;
    const Advice advice = advice_for(finding, in_container);
    print_pending(advice.remedy);
    out.append(fmt::format("{}: {}\n", to_string(finding.check), advice.consequence));
  }
  print_pending({});
}

void write_optional(JsonWriter& writer, const char* key, std::string_view text) {
  writer.Key(key);
  if (text.empty()) {
    writer.Null();
  } else {
    write_text(writer, text);
  }
}

void print_json(Findings findings, ChunkedOutput& out) {
  const bool in_container = is_in_container(findings);
  JsonSink sink{out};
  JsonWriter writer(sink);
  writer.StartObject();
  writer.Key("schema");
  writer.Int(1);
  writer.Key("checks");
  writer.StartArray();
  for (const Finding& finding : findings) {
    const Advice advice = advice_for(finding, in_container);
    writer.StartObject();
    write_optional(writer, "check", to_string(finding.check));
    write_optional(writer, "result", to_string(finding.verdict));
    write_optional(writer, "fact", finding.fact);
    write_optional(writer, "error", error_name(finding));
    write_optional(writer, "consequence", advice.consequence);
    write_optional(writer, "remedy", advice.remedy);
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
  out.append("\n");
}

}  // namespace

ExitStatus run_doctor(const Arguments& arguments) {
  if (!arguments.operands.empty())
    return fail(usage_error("not expected: " + arguments.operands.front(), Command::doctor).text,
                ExitStatus::usage);
  const std::vector<Finding> findings = tcptable::diagnose();
  ChunkedOutput out = standard_output();
  if (arguments.has(Option::json)) {
    print_json(findings, out);
  } else {
    print_grid(findings, out);
    out.append("\n");
    print_advice(findings, out);
  }
  const bool is_limited = std::any_of(findings.begin(), findings.end(), is_trouble);
  return after_writing(out.finish(), is_limited ? ExitStatus::partial : ExitStatus::found);
}

}  // namespace tool
