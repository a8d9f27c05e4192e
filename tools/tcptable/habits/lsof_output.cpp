// SPDX-License-Identifier: MIT
#include "tcptable/habits/lsof_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "tcptable/habits/rows.hpp"
#include "tcptable/output/names.hpp"

namespace tool {
namespace {

using tcptable::Endpoint;
using tcptable::Process;
using tcptable::Protocol;
using tcptable::SocketRow;

constexpr std::size_t kLongestUser = 8;

// lsof takes a space in a name for something to escape.
std::string command_text(const Process& process) {
  const DisplayText name = escape(process.name);
  std::string text;
  for (const char c : name.text()) text += c == ' ' ? std::string("\\x20") : std::string(1, c);
  return text;
}

class Words {
 public:
  explicit Words(const LsofStyle& style)
      : style_(style), hosts_(style.resolve), services_(!style.numeric_ports), users_(false) {}

  std::optional<std::uint32_t> uid(const Process& process) {
    const auto [at, is_new] = uids_.try_emplace(process.pid);
    if (is_new) {
      if (const auto uid = tcptable::effective_uid_of(process)) at->second = *uid;
    }
    return at->second;
  }

  std::string user(const Process& process) {
    const auto id = uid(process);
    if (!style_.numeric_users) return users_.user(id).text();
    return id ? std::to_string(*id) : "-";
  }

  std::string name(const SocketRow& row) {
    const std::string local = end(row.local, row);
    return row.remote.port == 0 ? local : local + "->" + end(row.remote, row);
  }

 private:
  std::string end(const Endpoint& endpoint, const SocketRow& row) {
    const std::string port = services_.port(endpoint.port, row.protocol).text();
    if (is_unspecified(endpoint)) return "*:" + port;
    const std::string host = hosts_.host(shown_as_ipv4(endpoint)).text();
    return host.find(':') == host.npos ? host + ":" + port : "[" + host + "]:" + port;
  }

  const LsofStyle& style_;
  Names hosts_;
  Names services_;
  Names users_;
  std::map<std::int32_t, std::optional<std::uint32_t>> uids_;
};

std::string_view type_of(const SocketRow& row) {
  return row.local.family == tcptable::Family::ipv4 ? "IPv4" : "IPv6";
}

std::string_view node_of(const SocketRow& row) {
  return row.protocol == Protocol::tcp ? "TCP" : "UDP";
}

void print_pids(std::span<const OpenSocket> sockets, ChunkedOutput& out) {
  std::int32_t last = 0;
  for (const OpenSocket& socket : sockets) {
    const std::int32_t pid = socket.holder.process->pid;
    if (pid != last) out.append(fmt::format("{}\n", pid));
    last = pid;
  }
}

class FieldPrinter {
 public:
  FieldPrinter(const LsofStyle& style, ChunkedOutput& out)
      : fields_(style.fields), words_(style), out_(out) {}

  void print(const OpenSocket& socket) {
    if (socket.holder.process->pid != pid_) print_process(*socket.holder.process);
    print_file(socket);
  }

 private:
  bool wants(char letter) const { return fields_.find(letter) != fields_.npos; }

  void field(char letter, std::string_view text) {
    if (letter != 'p' && !wants(letter)) return;
    out_.append(letter);
    out_.append(text);
    out_.append(wants('0') ? '\0' : '\n');
    wrote_ = true;
  }

  // With NUL behind each field, a newline ends what belongs together.
  void end_set() {
    if (wants('0') && wrote_) out_.append('\n');
    wrote_ = false;
  }

  void print_process(const Process& process) {
    pid_ = process.pid;
    field('p', std::to_string(process.pid));
    field('c', escape(process.name).text());
    if (wants('u')) {
      const auto uid = words_.uid(process);
      if (uid) field('u', std::to_string(*uid));
    }
    if (wants('L')) field('L', words_.user(process));
    end_set();
  }

  void print_file(const OpenSocket& socket) {
    const SocketRow& row = *socket.row;
    field('f', std::to_string(socket.holder.descriptor));
    field('a', "u");
    field('t', type_of(row));
    field('d', std::to_string(row.inode));
    field('P', node_of(row));
    if (wants('n')) field('n', words_.name(row));
    if (row.protocol == Protocol::tcp) field('T', fmt::format("ST={}", bsd_state(row)));
    field('T', fmt::format("QR={}", row.receive_queue));
    field('T', fmt::format("QS={}", bsd_send_queue(row)));
    end_set();
  }

  const std::string& fields_;
  Words words_;
  ChunkedOutput& out_;
  std::int32_t pid_ = 0;
  bool wrote_ = false;
};

// What has a width that depends on the others.
struct Line {
  std::string command;
  std::string pid;
  std::string user;
  std::string device;
};

// Cuts what `style` wants cut, at a character's border.
std::string cut(std::string text, std::size_t width) {
  if (width == 0) return text;
  std::size_t at = 0;
  for (std::size_t count = 0; count < width && at < text.size(); ++count) next_code_point(text, at);
  text.resize(at);
  return text;
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) next_code_point(text, at);
  return count;
}

void print_lines(std::span<const OpenSocket> sockets, const LsofStyle& style, ChunkedOutput& out) {
  constexpr std::string_view kCommand = "COMMAND";
  Words words(style);
  std::vector<Line> lines;
  std::array<std::size_t, 4> widths{kCommand.size(), 3, style.numeric_users ? kLongestUser : 4, 6};
  const std::size_t command_width =
      style.command_width == 0 ? 0 : std::max(style.command_width, kCommand.size());
  for (const OpenSocket& socket : sockets) {
    const Process& process = *socket.holder.process;
    lines.push_back({cut(command_text(process), command_width), std::to_string(process.pid),
                     cut(words.user(process), kLongestUser), std::to_string(socket.row->inode)});
    const Line& line = lines.back();
    widths = {std::max(widths[0], characters(line.command)), std::max(widths[1], line.pid.size()),
              std::max(widths[2], line.user.size()), std::max(widths[3], line.device.size())};
  }
  const auto print = [&](const Line& line, std::string_view rest, std::string_view descriptor,
                         std::string_view type) {
    out.append(fmt::format("{:<{}} {:>{}} {:>{}} {:>4}{} {:>4} {:>{}} {}\n", line.command, widths[0],
                           line.pid, widths[1], line.user, widths[2],
                           descriptor.substr(0, descriptor.size() - 2),
                           descriptor.substr(descriptor.size() - 2), type, line.device, widths[3], rest));
  };
  print({std::string(kCommand), "PID", "USER", "DEVICE"}, "SIZE/OFF NODE NAME", "FD  ", "TYPE");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const SocketRow& row = *sockets[i].row;
    const std::string state =
        row.protocol == Protocol::tcp ? fmt::format("({})", bsd_state(row)) : std::string();
    print(lines[i], fmt::format("     0t0 {:>4} {} {}", node_of(row), words.name(row), state),
          fmt::format("{}u ", sockets[i].holder.descriptor), type_of(row));
  }
}

}  // namespace

void print_lsof(std::span<const OpenSocket> sockets, const LsofStyle& style, ChunkedOutput& out) {
  if (style.terse) return print_pids(sockets, out);
  if (style.fields.empty()) return print_lines(sockets, style, out);
  FieldPrinter printer(style, out);
  for (const OpenSocket& socket : sockets) printer.print(socket);
}

}  // namespace tool
