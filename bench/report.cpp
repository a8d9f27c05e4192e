// SPDX-License-Identifier: MIT
#include "bench/report.hpp"

#include <fmt/format.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>

namespace bench {
namespace {

using Writer = rapidjson::PrettyWriter<rapidjson::StringBuffer>;

void write_timing(Writer& writer, const Timing& timing) {
  writer.StartObject();
  writer.Key("name");
  writer.String(timing.name.c_str());
  writer.Key("milliseconds");
  writer.StartArray();
  for (const double value : timing.milliseconds) writer.Double(value);
  writer.EndArray();
  if (!timing.milliseconds.empty()) {
    writer.Key("median");
    writer.Double(median(timing.milliseconds));
  }
  if (!timing.remark.empty()) {
    writer.Key("remark");
    writer.String(timing.remark.c_str());
  }
  writer.EndObject();
}

}  // namespace

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::string as_table(FarmSize size, const std::vector<Timing>& timings) {
  std::string text = fmt::format("{} sockets in {} processes, medians\n\n", size.sockets, size.processes);
  text += fmt::format("{:<32} {:>12} {:>14} {:>6}  {}\n", "", "ms", "x raw dump", "runs", "");
  const double base =
      timings.empty() || timings[0].milliseconds.empty() ? 0 : median(timings[0].milliseconds);
  for (const Timing& timing : timings) {
    if (timing.milliseconds.empty()) {
      text += fmt::format("{:<32} {:>12} {:>14} {:>6}  {}\n", timing.name, "-", "-", 0, timing.remark);
      continue;
    }
    const double middle = median(timing.milliseconds);
    text += fmt::format("{:<32} {:>12.2f} {:>14.2f} {:>6}  {}\n", timing.name, middle,
                        base > 0 ? middle / base : 0, timing.milliseconds.size(), timing.remark);
  }
  return text;
}

std::string as_json(FarmSize size, const std::vector<Timing>& timings) {
  utsname system{};
  uname(&system);
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  writer.Key("kernel");
  writer.String(system.release);
  writer.Key("processors");
  writer.Int64(sysconf(_SC_NPROCESSORS_ONLN));
  writer.Key("unix_time");
  writer.Int64(std::time(nullptr));
  writer.Key("sockets");
  writer.Uint(size.sockets);
  writer.Key("processes");
  writer.Uint(size.processes);
  writer.Key("timings");
  writer.StartArray();
  for (const Timing& timing : timings) write_timing(writer, timing);
  writer.EndArray();
  writer.EndObject();
  return buffer.GetString();
}

}  // namespace bench
