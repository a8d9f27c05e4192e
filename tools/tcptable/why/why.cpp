// SPDX-License-Identifier: MIT
// A filter, one snapshot with the kernel's counters, the report.
#include "tcptable/why/why.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <tcptable/tcptable.hpp>

#include <algorithm>
#include <tuple>

#include "tcptable/command_line/filter_operands.hpp"
#include "tcptable/filter/narrow.hpp"
#include "tcptable/output/json_text.hpp"
#include "tcptable/output/place.hpp"
#include "tcptable/output/progress.hpp"
#include "tcptable/why/report.hpp"

namespace tool {
namespace {

using why::Diagnosis;
using why::Report;

tcptable::Query query_for(const filter::Expression& filter) {
  tcptable::Query query;
  query.ages = true;
  query.holders = false;
  query.udp = true;
  query.tcp_info = query.memory = true;
  std::ignore = filter::narrow(filter, query);
  return query;
}

// "1234" alone is a process.
std::vector<std::string> words_of(const Arguments& arguments) {
  const auto& words = arguments.operands;
  const bool is_pid =
      words.size() == 1 && !words[0].empty() && words[0].find_first_not_of("0123456789") == std::string::npos;
  return is_pid ? std::vector<std::string>{"pid:" + words[0]} : words;
}

void write_diagnosis(const tcptable::Snapshot& snapshot, const Diagnosis& diagnosis, JsonWriter& writer) {
  const tcptable::Process* owner = snapshot.owner(*diagnosis.row);
  writer.StartObject();
  writer.Key("local");
  write_word(writer, place_text(diagnosis.row->local));
  writer.Key("remote");
  write_word(writer, place_text(diagnosis.row->remote));
  writer.Key("state");
  write_word(writer, to_string(diagnosis.row->state));
  writer.Key("pid");
  if (owner != nullptr) {
    writer.Int(owner->pid);
  } else {
    writer.Null();
  }
  writer.Key("findings");
  writer.StartArray();
  for (const why::Finding& finding : diagnosis.findings) {
    writer.StartObject();
    writer.Key("limit");
    write_word(writer, why::to_string(finding.limit));
    writer.Key("evidence");
    write_word(writer, finding.evidence);
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
}

void print_json(const tcptable::Snapshot& snapshot, const Report& report, ChunkedOutput& out) {
  JsonSink sink{out};
  JsonWriter writer(sink);
  writer.StartObject();
  writer.Key("schema");
  writer.Int(1);
  writer.Key("sockets");
  writer.StartArray();
  for (const Diagnosis& diagnosis : report.diagnoses) write_diagnosis(snapshot, diagnosis, writer);
  writer.EndArray();
  writer.EndObject();
  out.append("\n");
}

ExitStatus show(const tcptable::Snapshot& snapshot, const Report& report, bool json) {
  const ExitStatus status = report.sockets == 0 ? ExitStatus::nothing : ExitStatus::found;
  ChunkedOutput out = standard_output();
  if (json) {
    print_json(snapshot, report, out);
  } else {
    out.append(why::text_of(snapshot, report));
  }
  if (const int failed = out.finish(); failed != 0) return after_writing(failed, status);
  const auto troubled = std::count_if(
      report.diagnoses.begin(), report.diagnoses.end(),
      [](const Diagnosis& diagnosis) { return why::is_trouble(diagnosis.findings.front().limit); });
  write_all(STDERR_FILENO, fmt::format("{} of {} sockets in trouble\n", troubled, report.sockets));
  return status;
}

}  // namespace

ExitStatus run_why(const Arguments& arguments) {
  if (arguments.operands.empty())
    return fail(usage_error("a pid, a port or another filter is expected", Command::why).text,
                ExitStatus::usage);
  const auto filter = filter_of(words_of(arguments));
  if (!filter) return fail(filter.error().text, ExitStatus::usage);
  const auto snapshot = snapshot_with_progress(query_for(*filter));
  if (!snapshot) return fail(snapshot.error());
  return show(*snapshot, why::report_on(*snapshot, *filter), arguments.has(Option::json));
}

}  // namespace tool
