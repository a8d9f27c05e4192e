// SPDX-License-Identifier: MIT
// Any bytes as a filter: no crash; what parses can be written and parsed again; narrowing loses no row; and
// an error can be shown.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "filter/fixed_names.hpp"
#include "filter/query_rows.hpp"
#include "filter/random_filter.hpp"
#include "tcptable/filter/match.hpp"
#include "tcptable/filter/narrow.hpp"
#include "tcptable/filter/parser.hpp"

namespace {

using tcptable::SocketRow;
using tool::filter::Expression;
using tool::filter::Key;
using tool::filter::Values;

void require(bool holds) {
  if (!holds) std::abort();
}

// A row, and for every other key something that depends on the key alone.
class FuzzFacts final : public tool::filter::Facts {
 public:
  explicit FuzzFacts(const SocketRow& row) : row_(row) {}

  const SocketRow& row() const override { return row_; }
  Values<std::uint64_t> numbers(Key key) override {
    number_ = static_cast<std::uint64_t>(key) * 10;
    return {{&number_, 1}, number_ % 20 == 0};
  }
  Values<std::string_view> texts(Key) override { return {kTexts, false}; }

 private:
  static constexpr std::array<std::string_view, 3> kTexts{"nginx", "/usr/bin/a b",
                                                          "\xff\xe6\x97\xa5.service"};

  const SocketRow& row_;
  std::uint64_t number_ = 0;
};

std::vector<SocketRow> some_rows() {
  tcptable::test::RandomFilter random(1);
  std::vector<SocketRow> rows;
  while (rows.size() < 64) rows.push_back(random.row());
  return rows;
}

void check_matching(const Expression& filter) {
  static const std::vector<SocketRow> rows = some_rows();
  const Expression opposite = negated(filter);
  tcptable::Query query = tcptable::test::everything();
  const bool possible = narrow(filter, query);
  for (const SocketRow& row : rows) {
    FuzzFacts facts(row);
    const bool matched = matches(filter, facts);
    require(!matched || (possible && tcptable::test::is_in(query, row)));
    require(!matched || !matches(opposite, facts));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const tcptable::test::FixedNames names;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto filter = tool::filter::parse(text, names);
  if (!filter) {
    const auto& error = filter.error();
    require(error.begin <= error.end && error.end <= text.size());
    const std::string shown = render(text, error);
    for (const char c : shown) require(c == '\n' || static_cast<unsigned char>(c) >= ' ');
    return 0;
  }
  const auto again = tool::filter::parse(to_text(*filter), names);
  require(again && *again == *filter);
  check_matching(*filter);
  return 0;
}
