// SPDX-License-Identifier: MIT
// Filters and rows by the dozen, the same in every run.
#pragma once

#include <tcptable/socket_row.hpp>

#include <random>
#include <string>
#include <vector>

namespace tcptable::test {

class RandomFilter {
 public:
  explicit RandomFilter(unsigned seed) : random_(seed) {}

  /// Text of the filter language, valid with FixedNames.
  std::string text(int depth = 3) {
    if (depth == 0 || chance(3)) return test();
    std::string joined;
    const char* between = chance(2) ? " or " : " ";
    for (int i = pick(1, 3); i >= 0; --i) joined += (joined.empty() ? "" : between) + text(depth - 1);
    return std::string(chance(3) ? "!" : "") + '(' + joined + ')';
  }

  SocketRow row() {
    SocketRow row;
    row.protocol = chance(4) ? Protocol::udp : Protocol::tcp;
    row.state = row.protocol == Protocol::udp ? (chance(2) ? State::established : State::close) : state();
    row.local = endpoint();
    row.remote = endpoint();
    if (row.remote.family != row.local.family) row.remote = row.local;
    const bool alone = row.state == State::listen || row.state == State::close || row.state == State::bound;
    if (alone) row.remote = Endpoint{{}, 0, 0, row.local.family};
    row.uid = chance(3) ? std::nullopt : std::optional<std::uint32_t>(chance(2) ? 0 : 33);
    row.receive_queue = chance(2) ? 0 : 100;
    row.owner_status = static_cast<OwnerStatus>(pick(2, 8));
    return row;
  }

 private:
  int pick(int first, int last) { return std::uniform_int_distribution(first, last)(random_); }
  bool chance(int one_in) { return pick(1, one_in) == 1; }

  State state() {
    const int number = pick(1, 12);
    return static_cast<State>(number == 12 ? 13 : number);
  }

  Endpoint endpoint() {
    Endpoint end;
    end.family = chance(2) ? Family::ipv4 : Family::ipv6;
    end.port = static_cast<std::uint16_t>(chance(2) ? 443 : pick(1, 4) * 22);
    if (end.family == Family::ipv6 && chance(2)) end.address[15] = static_cast<std::uint8_t>(pick(0, 2));
    const std::size_t at = end.family == Family::ipv4 ? 0 : 12;
    if (end.address[15] != 0) return end;
    end.address[at] = 10;
    end.address[at + 3] = static_cast<std::uint8_t>(pick(0, 3));
    if (at != 0) end.address[10] = end.address[11] = 0xff;
    return end;
  }

  std::string test() {
    static const std::vector<std::string> kTests{"state:listen",
                                                 "state:established,time_wait",
                                                 "state connected",
                                                 "exclude listening",
                                                 "state bucket",
                                                 "state:bound",
                                                 "state:close",
                                                 "!state:syn_recv",
                                                 "tcp",
                                                 "udp",
                                                 "ipv4",
                                                 "!ipv6",
                                                 "proto:tcp,udp",
                                                 "port:443",
                                                 "port:22-50",
                                                 "lport:22,44",
                                                 "rport:66-",
                                                 "dport gt :44",
                                                 "sport != :443",
                                                 "rport:0",
                                                 "port!=443",
                                                 "net:10/8",
                                                 "src 10.0.0.2",
                                                 "dst 10.0.0.0/31",
                                                 "remote:::1",
                                                 "net:fe80::/10",
                                                 "local:[::]/0",
                                                 "net:0.0.0.0/0",
                                                 "10.0.0.1:443",
                                                 "src 10.0.0.1:22",
                                                 "remote:10.0.0.3,[::1]:443",
                                                 "recvq>0",
                                                 "user:0",
                                                 "uid!=33",
                                                 "pid:1",
                                                 "reason:time_wait",
                                                 "!reason:kernel",
                                                 "proc:nginx",
                                                 "port<0",
                                                 "state:none"};
    return kTests[static_cast<std::size_t>(pick(0, static_cast<int>(kTests.size()) - 1))];
  }

  std::mt19937 random_;
};

}  // namespace tcptable::test
