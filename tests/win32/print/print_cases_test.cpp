// SPDX-License-Identifier: MIT
// What C and C++ programs with Windows' headers print, against what Microsoft's library prints.
#include "print_cases.h"

#include <gtest/gtest.h>

namespace {

int visited = 0;

void expect_as_on_windows(const PrintedCase* printed) {
  ++visited;
  EXPECT_STREQ(printed->printed, printed->expected) << printed->function << " of " << printed->format;
  EXPECT_EQ(printed->length, printed->units) << printed->function << " of " << printed->format;
}

using PrintCases = void(PrintedCaseVisitor*);

class PrintedAsOnWindows : public testing::TestWithParam<PrintCases*> {};

TEST_P(PrintedAsOnWindows, EveryConversion) {
  visited = 0;
  GetParam()(expect_as_on_windows);
  EXPECT_GT(visited, 250);
}

std::string language(const testing::TestParamInfo<PrintCases*>& info) {
  if (info.param == print_cases_c) return "FromC";
  return info.param == print_cases_cxx ? "FromCxx" : "FromCWithShortWchar";
}

INSTANTIATE_TEST_SUITE_P(, PrintedAsOnWindows,
                         testing::Values(print_cases_c, print_cases_cxx, print_cases_short_wchar), language);

}  // namespace
