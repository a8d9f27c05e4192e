// SPDX-License-Identifier: MIT
// The JSON document, read back by another library, and docs/schema.md compared with it.
#include "tcptable/list/json_output.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "cli/made_snapshot.hpp"
#include "cli/shown.hpp"
#include "support/sockets.hpp"

namespace {

using namespace tcptable::test;
using nlohmann::json;

json first_socket(const MadeSnapshot& made) {
  return json::parse(document_of(made)).at("sockets").at(0);
}

json owner_named(const std::string& name) {
  MadeSnapshot made;
  made.add(listener("::1", 80), {name});
  return first_socket(made).at("owner");
}

TEST(Document, SaysWhereItComesFromAndHowCompleteItIs) {
  MadeSnapshot made;
  made.completeness().rows = made.completeness().owners = false;
  made.completeness().unreadable_processes = 7;
  EXPECT_EQ(json::parse(document_of(made)),
            json::parse(R"({"schema": 1, "backend": "sock_diag", "sockets": [],
                            "complete": {"rows": false, "owners": false, "unreadable_processes": 7}})"));
}

TEST(Document, LacksRowsWhereANamespaceWasNotRead) {
  const auto is_complete = [](const MadeSnapshot& made) {
    return json::parse(document_of(made)).at("complete").at("rows").get<bool>();
  };
  EXPECT_TRUE(is_complete(MadeSnapshot()));
  MadeSnapshot not_entered, not_known;
  not_entered.completeness().namespaces_not_entered = 1;
  not_known.completeness().processes_of_unknown_namespace = 1;
  EXPECT_FALSE(is_complete(not_entered));
  EXPECT_FALSE(is_complete(not_known));
}

TEST(Document, HasEveryValueOfARow) {
  MadeSnapshot made;
  auto& row =
      made.add(connection(endpoint("fe80::1", 22, 3), endpoint("fe80::2", 65535, 3)), {"sshd", "child"});
  row.receive_queue = 4'000'000'000;
  row.send_queue = 5;
  row.interface = 3;
  EXPECT_EQ(first_socket(made), json::parse(R"({
    "protocol": "tcp", "family": "ipv6", "state": "established",
    "local": {"address": "fe80::1", "port": 22, "scope_id": 3},
    "remote": {"address": "fe80::2", "port": 65535, "scope_id": 3},
    "cookie": "9007199254740993", "inode": 5000, "uid": 0, "interface": 3,
    "receive_queue": 4000000000, "send_queue": 5,
    "owner": {"pid": 100, "start_time": 7000, "name": "sshd"}, "owner_status": "known",
    "holders": [{"pid": 100, "start_time": 7000, "name": "sshd"}, {"pid": 101, "start_time": 7001, "name": "child"}]
  })"));
}

TEST(Document, HasNullForWhatIsNotThere) {
  MadeSnapshot made;
  made.add_ownerless(listener("0.0.0.0", 80), tcptable::OwnerStatus::not_permitted);
  const json socket = first_socket(made);
  for (const char* key : {"remote", "cookie", "uid", "owner"}) EXPECT_TRUE(socket.at(key).is_null()) << key;
  EXPECT_EQ(socket.at("owner_status"), "not_permitted");
  EXPECT_EQ(socket.at("holders"), json::array());
}

TEST(Document, ReadsBackEveryNameThatIsUtf8) {
  for (const std::string name :
       {"sshd", "\"\\{}</script>&", "a\nb\tc", "\x1b]52;c;YQ==\x07", "\x7f", "\xc2\x9b", "\xe2\x80\xae",
        "\xe4\xb8\x96", "\xf0\x9f\x98\x80", "", "=cmd|' /C'", "%s%n"}) {
    const json owner = owner_named(name);
    EXPECT_EQ(owner.at("name"), name);
    EXPECT_FALSE(owner.contains("name_bytes"));
  }
}

TEST(Document, GivesTheBytesOfANameThatIsNoUtf8) {
  const json owner = owner_named("a\xff\xed\xa0\x80z");
  EXPECT_EQ(owner.at("name"), "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz");
  EXPECT_EQ(owner.at("name_bytes"), "61ffeda0807a");
}

TEST(Document, IsPrintableAsciiOnOneLineWhateverTheNames) {
  MadeSnapshot made = varied_snapshot();
  for (int byte = 1; byte < 256; ++byte)
    made.add(listener("::", 1), {std::string(1, static_cast<char>(byte))});
  std::string text = document_of(made);
  ASSERT_EQ(text.back(), '\n');
  text.pop_back();
  for (const char c : text) ASSERT_TRUE(c >= 0x20 && c < 0x7f);
}

TEST(Document, HasTheChosenColumnsBesideTheUsualFields) {
  MadeSnapshot made;
  made.add(listener("::1", 80), {"web"});
  tool::Options options;
  options.columns_chosen = true;
  options.columns = *tool::parse_columns("pid,cookie,rtt,process", {});
  EXPECT_EQ(json::parse(document_of(made, options)).at("sockets").at(0).at("columns"),
            json::parse(R"({"pid": 100, "cookie": "9007199254740993", "rtt": null, "process": "web"})"));
}

TEST(Ndjson, HasTheDocumentsSocketsALineEach) {
  const MadeSnapshot made = varied_snapshot();
  std::istringstream lines(shown(made, {}, [](const auto& snapshot, const auto&, auto& reader, auto& out) {
    tool::print_ndjson(snapshot, all_rows(snapshot), {}, reader, out);
  }));
  json sockets = json::array();
  for (std::string line; std::getline(lines, line);) sockets.push_back(json::parse(line));
  EXPECT_EQ(sockets, json::parse(document_of(made)).at("sockets"));
}

// --- docs/schema.md -------------------------------------------------------------------------------------

using Fields = std::map<std::string, std::set<std::string>>;  // path -> types

void collect_fields(const json& value, const std::string& path, Fields& fields) {
  if (!path.empty()) fields[path].insert(value.type_name());
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      collect_fields(member, path.empty() ? key : path + "." + key, fields);
    }
  } else if (value.is_array()) {
    for (const json& element : value) collect_fields(element, path + "[]", fields);
  }
}

// The rows "| `path` | type, type | ..." of the document.
Fields documented_fields() {
  Fields fields;
  std::ifstream file(TCPTABLE_SCHEMA);
  const std::regex row(R"(^\| `([^`]+)` \| ([a-z ,]+) \|.*)");
  const std::regex word("[a-z]+");
  std::smatch match;
  for (std::string line; std::getline(file, line);) {
    if (!std::regex_match(line, match, row)) continue;
    const std::string types = match[2];
    for (std::sregex_iterator at(types.begin(), types.end(), word), end; at != end; ++at) {
      fields[match[1]].insert(at->str());
    }
  }
  return fields;
}

TEST(Schema, ListsEveryFieldWithEveryTypeThatOccurs) {
  Fields written;
  collect_fields(json::parse(document_of(varied_snapshot())), "", written);
  EXPECT_EQ(written, documented_fields());
}

}  // namespace
