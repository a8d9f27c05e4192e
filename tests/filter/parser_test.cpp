// SPDX-License-Identifier: MIT
// What a filter's text means, shown by the canonical text of its tree.
#include "tcptable/filter/parser.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "filter/fixed_names.hpp"

namespace {

using tool::filter::parse;
using tool::filter::to_text;

// The canonical text, or what is wrong.
std::string meaning(const std::string& text) {
  const auto parsed = parse(text, tcptable::test::FixedNames());
  return parsed ? to_text(*parsed) : "error: " + parsed.error().message;
}

using Meanings = std::vector<std::pair<std::string, std::string>>;

void expect_meanings(const Meanings& meanings) {
  for (const auto& [text, meant] : meanings) {
    EXPECT_EQ(meaning(text), meant) << text;
    EXPECT_EQ(meaning(meant), meant) << "the canonical text of " << text;
  }
}

TEST(FilterParser, TakesKeysWithValues) {
  expect_meanings({
      {"", ""},
      {"port:443 state:established", "port:443 state:established"},
      {"pid:1234", "pid:1234"},
      {"proc:nginx", "process=\"nginx\""},
      {"user:www-data", "user:33"},
      {"uid:0", "user:0"},
      {"unit:ssh.service", "unit=\"ssh.service\""},
      {"container:web", "container=\"web\""},
      {"net:10.0.0.0/8", "net:10.0.0.0/8"},
      {"proto:udp", "proto:udp"},
      {"family:ipv6", "family:ipv6"},
      {"iface:eth0", "iface:2"},
      {"user:lena", "user:1000"},
      {"inode:77 cookie:0x1f", "inode:77 cookie:31"},
      {"reason:time_wait,orphaned", "reason:time_wait,orphaned"},
      {"state:TIME-WAIT,FinWait1,LISTEN", "state:fin_wait1,time_wait,listen"},
      {"exe:/usr/sbin/*", "exe=/usr/sbin/*"},
      {"cmdline:--color=auto", "cmdline~\"--color=auto\""},
      {"cgroup:/system.slice/*", "cgroup=/system.slice/*"},
  });
}

TEST(FilterParser, TakesPowerShellsNames) {
  expect_meanings({
      {"LocalPort:443", "lport:443"},
      {"RemoteAddress:10.0.0.1", "remote:10.0.0.1"},
      {"OwningProcess:1", "pid:1"},
      {"State:Established", "state:established"},
      {"LocalAddress=127.0.0.1", "local:127.0.0.1"},
      {"RemotePort!=443", "!rport:443"},
  });
}

TEST(FilterParser, CombinesTests) {
  expect_meanings({
      {"!state:listen", "!state:listen"},
      {"not state:listen", "!state:listen"},
      {"!!pid:1", "pid:1"},
      {"not not not pid:1", "!pid:1"},
      {"pid:1 or pid:2 pid:3", "pid:1 or pid:2 pid:3"},
      {"(pid:1 or pid:2) pid:3", "(pid:1 or pid:2) pid:3"},
      {"pid:1|pid:2||pid:3", "pid:1 or pid:2 or pid:3"},
      {"pid:1&pid:2&&pid:3 AND pid:4", "pid:1 pid:2 pid:3 pid:4"},
      {"((pid:1))", "pid:1"},
      {"!(pid:1 pid:2)", "!(pid:1 pid:2)"},
      {"(pid:1 pid:2) pid:3", "pid:1 pid:2 pid:3"},
      {"(pid:1)or(pid:2)", "pid:1 or pid:2"},
  });
}

TEST(FilterParser, TakesListsAndRanges) {
  expect_meanings({
      {"lport:80,443,8000-8099", "lport:80,443,8000-8099"},
      {"port:https,1024-", "port:443,1024-65535"},
      {"port:-1023", "port:0-1023"},
      {"port:http-alt", "port:8080"},
      {"pid:100-", "pid:100-"},
      {"rtt:1ms-5ms", "rtt:1000us-5000us"},
      {"proc:\"a b\",c*,'d\"'", "process=\"a b\",c*,\"d\\\"\""},
      {"proc=a,\"b\"", "process=\"a\",\"b\""},
      {"proc=\"a\",b,\"c,d\"", "process=\"a\",\"b\",\"c,d\""},
      {"remote:10.0.0.1,[::1]:443", "remote:10.0.0.1,[::1]:443"},
  });
}

TEST(FilterParser, ComparesNumbersWithUnits) {
  expect_meanings({
      {"rtt>100ms", "rtt:100001us-"},
      {"rtt >= 1.5s", "rtt:1500000us-"},
      {"age>1h30m", "age:5400000001us-"},
      {"age<2d", "age:0us-172799999999us"},
      {"retrans>0", "retrans:1-"},
      {"recvq gt 0", "recvq:1-"},
      {"sendq>=1M", "sendq:1048576-"},
      {"sendq>=1MB", "sendq:1000000-"},
      {"sendq<=1.5KiB", "sendq:0-1536"},
      {"delivery_rate<100Mbit", "delivery_rate:0-12499999"},
      {"pacing:>1M/s", "pacing:1048577-"},
      {"pid!=1", "!pid:1"},
      {"pid neq 1", "!pid:1"},
      {"backlog>100", "backlog:101-"},
      {"port<1024", "port:0-1023"},
      {"port<0", "port<0"},
      {"port>65535", "port<0"},
      {"cmdline!~nginx", "!cmdline~\"nginx\""},
      {"cmdline=--a=b", "cmdline=\"--a=b\""},
  });
}

TEST(FilterParser, TakesAddresses) {
  expect_meanings({
      {"remote:10/8", "remote:10.0.0.0/8"},
      {"remote:10.1.2.3/8", "remote:10.0.0.0/8"},
      {"remote:10.0.0.1/32", "remote:10.0.0.1"},
      {"remote:2001:db8::/32", "remote:[2001:db8::]/32"},
      {"remote:[2001:db8::]/32", "remote:[2001:db8::]/32"},
      {"remote:[2001:db8::/32]:443", "remote:[2001:db8::]/32:443"},
      {"remote:fe80::1%eth0", "remote:[fe80::1%2]"},
      {"remote:[fe80::1%7]:22", "remote:[fe80::1%7]:22"},
      {"remote:::ffff:10.0.0.1", "remote:10.0.0.1"},
      {"remote:[::ffff:10.0.0.0]/104", "remote:10.0.0.0/8"},
      {"local:*:443", "local:*:443"},
      {"local::443", "local:*:443"},
      {"local:*", "local:*"},
      {"src:127.0.0.1:80-90", "local:127.0.0.1:80-90"},
  });
}

TEST(FilterParser, TakesBareWords) {
  expect_meanings({
      {":443", "port:443"},
      {":https,8000-8099", "port:443,8000-8099"},
      {"*:443", "net:*:443"},
      {"nginx", "any~\"nginx\""},
      {"nginx*", "any=nginx*"},
      {"\"443\"", "any~\"443\""},
      {"1.2.3.4", "net:1.2.3.4"},
      {"10/8", "net:10.0.0.0/8"},
      {"10.0.0.1:443", "net:10.0.0.1:443"},
      {"[::1]:443", "net:[::1]:443"},
      {"::1", "net:[::1]"},
      {"fe80::/10", "net:[fe80::]/10"},
      {"established", "state:established"},
      {"LISTEN", "state:listen"},
      {"udp", "proto:udp"},
      {"ipv6 tcp", "family:ipv6 proto:tcp"},
  });
}

TEST(FilterParser, TakesTheWordsOfSs) {
  expect_meanings({
      {"state established", "state:established"},
      {"state connected exclude time-wait",
       "state:established,syn_sent,syn_recv,fin_wait1,fin_wait2,close_wait,last_ack,closing"},
      {"exclude listening exclude closed",
       "state:established,syn_sent,syn_recv,fin_wait1,fin_wait2,time_wait,close_wait,last_ack,closing,bound"},
      {"state established ( dport = :443 or sport = :22 )", "state:established (rport:443 or lport:22)"},
      {"dst 10.0.0.0/8", "remote:10.0.0.0/8"},
      {"src 127.0.0.1:80", "local:127.0.0.1:80"},
      {"dst = [::1]:443", "remote:[::1]:443"},
      {"dport gt :1024", "rport:1025-65535"},
      {"sport neq :22", "!lport:22"},
      {"sport = inet:22", "local:0.0.0.0/0:22"},
      {"sport inet6::22", "local:[::]/0:22"},
      {"! dst 10.0.0.1", "!remote:10.0.0.1"},
      {"dev eth0", "iface:2"},
      {"dev != lo", "!iface:1"},
      {"dst any", "remote:*"},
      {"cgroup /user.slice", "cgroup=\"/user.slice\""},
      {"state = established", "state:established"},
      {"exclude all", "state:none"},
  });
}

TEST(FilterParser, TakesTheWordsOfACommandLineAsOneText) {
  const std::vector<const char*> words{"state", "established", "(", "dport", "=", ":443", ")"};
  EXPECT_EQ(tool::filter::joined_words(words), "state established ( dport = :443 )");
}

TEST(FilterParser, NestsParenthesesOnlySoDeep) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '(') + "pid:1" + std::string(depth, ')');
  };
  EXPECT_EQ(meaning(nested(100)), "pid:1");
  EXPECT_EQ(meaning(nested(101)), "error: parentheses nest more than 100 deep here");
  EXPECT_EQ(meaning(std::string(100'000, '!') + "pid:1"), "pid:1");
}

}  // namespace
