// SPDX-License-Identifier: MIT
// Takes the whole IPv4 TCP table by every way there is, on the same sockets and in the same run: first one
// answer of each, which must agree, then the times, in turns so that a change of the machine's speed hits all
// alike.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string_view>

#include "bench/contender.hpp"
#include "bench/report.hpp"
#include "bench/socket_farm.hpp"

namespace {

struct Options {
  bench::FarmSize size;
  unsigned runs = 11;
  double budget_ms = 30'000;  ///< A contender that has used this up gets no further run.
  bool rivals = true;
  const char* json = nullptr;
};

constexpr char kUsage[] =
    "usage: table_bench [--sockets N] [--processes N] [--runs N] [--budget-ms N] [--no-rivals] [--json "
    "FILE]\n";

bool parse(int count, char** words, Options& options) {
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "--no-rivals") {
      options.rivals = false;
      continue;
    }
    if (i + 1 == count) return false;
    const char* value = words[++i];
    const unsigned number = static_cast<unsigned>(std::strtoul(value, nullptr, 10));
    if (word == "--json") {
      options.json = value;
    } else if (word == "--sockets" && number > 0) {
      options.size.sockets = number;
    } else if (word == "--processes" && number > 0) {
      options.size.processes = number;
    } else if (word == "--runs" && number > 0) {
      options.runs = number;
    } else if (word == "--budget-ms" && number > 0) {
      options.budget_ms = number;
    } else {
      return false;
    }
  }
  return true;
}

bench::Answer expected_answer(const bench::SocketFarm& farm, bench::FarmSize size) {
  bench::Answer answer;
  answer.by_owner.emplace();
  for (unsigned i = 0; i < farm.pids().size(); ++i) {
    const std::size_t sockets = 2 * std::size_t{bench::connections_of(size, i)};
    if (sockets > 0) (*answer.by_owner)[farm.pids()[i]] = sockets;
    answer.established += sockets;
  }
  return answer;
}

std::string difference(const bench::Answer& expected, const bench::Answer& given) {
  if (given.established != expected.established) {
    return "WRONG: " + std::to_string(given.established) + " established sockets";
  }
  if (given.by_owner && given.by_owner != expected.by_owner) return "WRONG: owners";
  return {};
}

double time_once(const bench::Contender& contender) {
  const auto start = std::chrono::steady_clock::now();
  const bool ran = contender.run();
  const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
  return ran ? taken.count() : 0;
}

std::vector<bench::Timing> measure(const std::vector<bench::Contender>& contenders,
                                   const bench::Answer& expected, const Options& options) {
  std::vector<bench::Timing> timings;
  for (const bench::Contender& contender : contenders) {
    const auto answer = contender.answer();
    timings.push_back({contender.name, {}, answer ? difference(expected, *answer) : "could not be run"});
  }
  std::vector<double> used(contenders.size(), 0);
  for (unsigned run = 0; run < options.runs; ++run) {
    for (std::size_t i = 0; i < contenders.size(); ++i) {
      if (!timings[i].remark.empty() || used[i] > options.budget_ms) continue;
      timings[i].milliseconds.push_back(time_once(contenders[i]));
      used[i] += timings[i].milliseconds.back();
    }
  }
  return timings;
}

bool any_of_ours_is_wrong(const std::vector<bench::Timing>& timings, std::size_t ours) {
  for (std::size_t i = 0; i < ours; ++i) {
    if (!timings[i].remark.empty()) return true;
  }
  return false;
}

}  // namespace

int main(int count, char** words) {
  Options options;
  if (!parse(count, words, options)) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  if (const auto failure = bench::enter_new_network_namespace()) {
    std::fprintf(stderr, "table_bench: %s\n", failure->c_str());
    return 1;
  }
  const bench::SocketFarm farm(options.size);
  if (farm.failure()) {
    std::fprintf(stderr, "table_bench: %s\n", farm.failure()->c_str());
    return 1;
  }
  std::vector<bench::Contender> contenders = bench::own_contenders();
  contenders.insert(contenders.begin(), bench::raw_dump());
  const std::size_t ours = contenders.size();
  if (options.rivals) {
    for (bench::Contender& rival : bench::rival_programs()) contenders.push_back(std::move(rival));
  }
  const auto timings = measure(contenders, expected_answer(farm, options.size), options);
  std::fputs(bench::as_table(options.size, timings).c_str(), stdout);
  if (options.json != nullptr) std::ofstream(options.json) << bench::as_json(options.size, timings) << '\n';
  return any_of_ours_is_wrong(timings, ours) ? 1 : 0;
}
