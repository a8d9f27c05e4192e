// SPDX-License-Identifier: MIT
// A port, or an address with a port; one snapshot; the answer.
#include "tcptable/who/who.hpp"

#include <unistd.h>

#include <tcptable/tcptable.hpp>
#include <tuple>

#include "tcptable/filter/endpoint_pattern.hpp"
#include "tcptable/filter/narrow.hpp"
#include "tcptable/list/summary.hpp"
#include "tcptable/output/progress.hpp"
#include "tcptable/who/answer.hpp"
#include "tcptable/who/json.hpp"
#include "tcptable/who/text.hpp"

namespace tool {
namespace {

// "8080" is ":8080", and "http" ":http".
std::optional<filter::EndpointPattern> parse_place(const std::string& word) {
  const filter::NameLookup& names = filter::system_names();
  if (filter::parse_ports(word, names)) return filter::parse_endpoint(":" + word, names);
  const auto pattern = filter::parse_endpoint(word, names);
  return pattern && pattern->ports ? pattern : std::nullopt;
}

tcptable::Query query_for(const Arguments& arguments, const filter::EndpointPattern& place) {
  tcptable::Query query;
  query.tcp = arguments.has(Option::tcp) || !arguments.has(Option::udp);
  query.udp = arguments.has(Option::udp) || !arguments.has(Option::tcp);
  // What is bound alone also keeps others from the port.
  query.states = tcptable::StateSet::all().with(tcptable::State::bound);
  // Not by its address: what listens on 0.0.0.0 has the port on each.
  const filter::EndpointPattern port{std::nullopt, place.ports};
  std::ignore = filter::narrow(filter::make_test(filter::EndpointTest{filter::Key::net, {port}}), query);
  return query;
}

// The library reads all sockets; what it can't say of others is not asked.
std::string closing_line_of(const tcptable::Snapshot& snapshot, const who::Answer& answer) {
  std::vector<const tcptable::SocketRow*> rows = answer.servers;
  rows.insert(rows.end(), answer.accepted.begin(), answer.accepted.end());
  rows.insert(rows.end(), answer.outgoing.begin(), answer.outgoing.end());
  return closing_line(rows, snapshot.completeness(), this_viewer());
}

ExitStatus show(const tcptable::Snapshot& snapshot, const who::Answer& answer, bool json) {
  const ExitStatus status = answer.empty() ? ExitStatus::nothing : ExitStatus::found;
  ChunkedOutput out = standard_output();
  if (json) {
    who::print_json(snapshot, answer, out);
  } else {
    Names names(false);
    out.append(who::text_of(snapshot, answer, names));
  }
  if (const int failed = out.finish(); failed != 0) return after_writing(failed, status);
  if (answer.empty() && !json) return fail("nobody has this port here", status);
  write_all(STDERR_FILENO, closing_line_of(snapshot, answer));
  return status;
}

}  // namespace

ExitStatus run_who(const Arguments& arguments) {
  const auto place = arguments.operands.size() == 1 ? parse_place(arguments.operands.front()) : std::nullopt;
  if (!place) {
    const std::string word = arguments.operands.empty() ? "" : ", not " + arguments.operands.back();
    return fail(usage_error("a port is expected, as in :8080 or 127.0.0.1:8080" + word, Command::who).text,
                ExitStatus::usage);
  }
  tcptable::Query query = query_for(arguments, *place);
  auto snapshot = snapshot_with_progress(query);
  if (!snapshot && snapshot.error().code == tcptable::Errc::not_supported) {
    query.states = tcptable::StateSet::all();  // /proc/net has none that are bound alone
    snapshot = snapshot_with_progress(query);
  }
  if (!snapshot) return fail(snapshot.error());
  return show(*snapshot, who::answer_from(*snapshot, *place), arguments.has(Option::json));
}

}  // namespace tool
