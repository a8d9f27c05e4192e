// SPDX-License-Identifier: MIT
// A wrong filter is shown with a caret under the place.
#include "tcptable/filter/syntax_error.hpp"

#include <gtest/gtest.h>

#include <string>

#include "cli/utf8_locale.hpp"
#include "filter/fixed_names.hpp"
#include "tcptable/filter/parser.hpp"

namespace {

class FilterError : public tcptable::test::Utf8Terminal {};

std::string shown(const std::string& filter) {
  const auto parsed = tool::filter::parse(filter, tcptable::test::FixedNames());
  return parsed ? "no error" : render(filter, parsed.error());
}

TEST_F(FilterError, PointsAtTheWrongValue) {
  EXPECT_EQ(shown("pid:1 state:establised"),
            "pid:1 state:establised\n"
            "            ^~~~~~~~~~\n"
            "no state is called establised; did you mean established?\n");
  EXPECT_EQ(shown("state:listen,clsoing pid:1"),
            "state:listen,clsoing pid:1\n"
            "             ^~~~~~~\n"
            "no state is called clsoing; did you mean closing?\n");
}

TEST_F(FilterError, PointsAtTheWrongKey) {
  EXPECT_EQ(shown("prot:443"),
            "prot:443\n"
            "^~~~\n"
            "no key is called 'prot'; did you mean proto?\n");
  EXPECT_EQ(shown("rtts>1ms").substr(0, 14), "rtts>1ms\n^~~~\n");
}

TEST_F(FilterError, PointsAtTheEndWhereSomethingIsMissing) {
  EXPECT_EQ(shown("pid:1 or"),
            "pid:1 or\n"
            "        ^\n"
            "a test is missing here, such as port:443, state:established or nginx\n");
  EXPECT_EQ(shown("pid:1 ( pid:2"),
            "pid:1 ( pid:2\n"
            "      ^\n"
            "this parenthesis is never closed\n");
  EXPECT_EQ(shown("pid:1 )"),
            "pid:1 )\n"
            "      ^\n"
            "this parenthesis was never opened\n");
}

TEST_F(FilterError, CountsCellsAndNotBytes) {
  EXPECT_EQ(shown("proc:\"\xc3\xa9\xe6\x97\xa5\x1b[31m\" pid:x"),
            "proc:\"\xc3\xa9\xe6\x97\xa5\\x1b[31m\" pid:x\n"
            "                       ^\n"
            "pid takes a number, or a range such as 100-199\n");
}

TEST_F(FilterError, EscapesWhatItQuotes) {
  const std::string text = shown("st\x1b]0;x\x07te:1");
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\x07'), std::string::npos);
}

TEST_F(FilterError, SaysWhatWouldHaveBeenRight) {
  const auto message = [](const std::string& filter) {
    const auto parsed = tool::filter::parse(filter, tcptable::test::FixedNames());
    return parsed ? "no error" : parsed.error().message;
  };
  EXPECT_EQ(message("443"), "a port or a process? write :443 or pid:443");
  EXPECT_EQ(message("rtt>100"), "rtt takes a time with its unit: 250us, 100ms, 1.5s, 1h30m, 2d");
  EXPECT_EQ(message("port"), "port needs a value, as in port:VALUE; as a name put it in quotes");
  EXPECT_EQ(message("port: 443"), "a value belongs right behind the colon, without a space");
  EXPECT_EQ(message("state>established"), "state has no order: it takes only = and !=");
  EXPECT_EQ(message("port~4"), "port is no text that could contain something");
  EXPECT_EQ(message("rtt>1ms,2ms"), "a comparison takes one number");
  EXPECT_EQ(message("port:80,,443"), "a value is missing here");
  EXPECT_EQ(message("port:65536"),
            "port takes a number up to 65535, a service's name, or a range such as 8000-8099");
  EXPECT_EQ(message("user:nobody-here"), "user takes the name or number of a user of this system");
  EXPECT_EQ(message("remote:example.com"),
            "remote takes an address, a network, or either with a port: 10.0.0.1, 10.0.0.0/8, [::1]:443");
  EXPECT_EQ(message("proc:\"nginx"), "this quote is never closed");
  EXPECT_EQ(message("autobound"), "autobound is one of ss's tests that tcptable has not");
  EXPECT_EQ(message("proto:icmp"), "no proto is called icmp; there are tcp, udp");
}

}  // namespace
