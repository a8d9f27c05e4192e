// SPDX-License-Identifier: MIT
// A program that opts out keeps the C library's functions, and has Microsoft's own beside them.
#define TCPTABLE_LIBC_PRINTF
#include <windows.h>

#include <gtest/gtest.h>

namespace {

TEST(OptingOut, KeepsTheLibrarysOwnFunctions) {
  char text[64];
  snprintf(text, sizeof(text), "%ld", 5'000'000'000L);
  EXPECT_STREQ(text, "5000000000");
  wchar_t wide[64];
  swprintf(wide, 64, L"%s", "narrow");
  EXPECT_STREQ(wide, L"narrow");
  sprintf_s(text, "%ld", DWORD{0xFFFFFFFF});
  EXPECT_STREQ(text, "-1");
}

}  // namespace
