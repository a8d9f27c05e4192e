// SPDX-License-Identifier: MIT
// The scanning functions that know their buffers' sizes: what they store, and where they stop.
#include <gtest/gtest.h>
#include <windows.h>

#include <cerrno>
#include <string>

namespace {

TEST(Scan, StoresNumbersInTheSizesThatWindowsHas) {
  DWORD guarded[2] = {0, 7};
  EXPECT_EQ(sscanf_s("  4294967295", "%lu", &guarded[0]), 1);
  EXPECT_EQ(guarded[0], 0xffff'ffffU);
  EXPECT_EQ(guarded[1], 7U) << "l is 32 bits";
  short halves[2] = {0, 9};
  long long whole = 0;
  unsigned char bytes[2] = {0, 3};
  EXPECT_EQ(sscanf_s("-2 -5000000000 255", "%hd%I64d%hhu", &halves[0], &whole, &bytes[0]), 3);
  EXPECT_EQ(halves[0], -2);
  EXPECT_EQ(halves[1], 9);
  EXPECT_EQ(whole, -5'000'000'000);
  EXPECT_EQ(bytes[0], 255);
  EXPECT_EQ(bytes[1], 3);
}

TEST(Scan, KnowsTheBases) {
  unsigned hex = 0;
  unsigned octal = 0;
  int any[3] = {};
  EXPECT_EQ(sscanf_s("0x1F 17 0x10 010 10", "%x %o %i %i %i", &hex, &octal, &any[0], &any[1], &any[2]), 5);
  EXPECT_EQ(hex, 0x1fU);
  EXPECT_EQ(octal, 15U);
  EXPECT_EQ(any[0], 16);
  EXPECT_EQ(any[1], 8);
  EXPECT_EQ(any[2], 10);
}

TEST(Scan, StoresRealNumbersOfEachSize) {
  float small = 0;
  double large = 0;
  EXPECT_EQ(sscanf_s("1.5 -2.5e3", "%f %lf", &small, &large), 2);
  EXPECT_EQ(small, 1.5F);
  EXPECT_EQ(large, -2500.0);
}

TEST(Scan, TakesAddressesApart) {
  unsigned parts[4] = {};
  int port = 0;
  char state[16];
  EXPECT_EQ(sscanf_s("10.0.0.1:443 ESTABLISHED", "%u.%u.%u.%u:%d %s", &parts[0], &parts[1], &parts[2],
                     &parts[3], &port, state, static_cast<unsigned>(sizeof state)),
            6);
  EXPECT_EQ(parts[3], 1U);
  EXPECT_EQ(port, 443);
  EXPECT_STREQ(state, "ESTABLISHED");
}

TEST(Scan, LeavesAnEmptyStringWhereOneDoesNotFit) {
  char small[4] = "xxx";
  int behind = 5;
  errno = 0;
  EXPECT_EQ(sscanf_s("1 four 2", "%d %s %d", &behind, small, 4U, &behind), 1);
  EXPECT_STREQ(small, "");
  EXPECT_EQ(errno, ENOMEM);
  EXPECT_EQ(behind, 1);
  EXPECT_EQ(sscanf_s("abc", "%s", small, 4U), 1);
  EXPECT_STREQ(small, "abc");
  EXPECT_EQ(sscanf_s("abcd", "%3s", small, 4U), 1) << "the width bounds it";
  EXPECT_STREQ(small, "abc");
}

TEST(Scan, ReadsCharactersAndSetsOfThem) {
  char letters[3] = {};
  char key[8];
  char value[8];
  EXPECT_EQ(sscanf_s(" ab", "%3c", letters, 3U), 1) << "blanks count, and there is no zero";
  EXPECT_EQ(std::string(letters, 3), " ab");
  EXPECT_EQ(sscanf_s("pid=42;", "%[a-z]=%[^;]", key, 8U, value, 8U), 2);
  EXPECT_STREQ(key, "pid");
  EXPECT_STREQ(value, "42");
  EXPECT_EQ(sscanf_s("]x", "%[]]", key, 8U), 1);
  EXPECT_STREQ(key, "]");
}

TEST(Scan, SkipsWhatHasAStarAndCountsWhatItTook) {
  int number = 0;
  int taken = 0;
  EXPECT_EQ(sscanf_s("tcp 7 x", "%*s %d%n", &number, &taken), 1);
  EXPECT_EQ(number, 7);
  EXPECT_EQ(taken, 5);
}

TEST(Scan, TellsNothingStoredFromNothingThere) {
  int number = 0;
  EXPECT_EQ(sscanf_s("x", "%d", &number), 0);
  EXPECT_EQ(sscanf_s("", "%d", &number), EOF);
  EXPECT_EQ(sscanf_s("1", "%d %d", &number, &number), 1);
  EXPECT_EQ(sscanf_s("100%", "%d%%", &number), 1);
}

TEST(Scan, RefusesWhatIsNoConversion) {
  int number = 0;
  errno = 0;
  EXPECT_EQ(sscanf_s("1", "%d%y", &number), EOF);
  EXPECT_EQ(errno, EINVAL);
  EXPECT_EQ(sscanf_s(nullptr, "%d", &number), EOF);
  EXPECT_EQ(sscanf_s("1", "%ls", nullptr, 0U), EOF) << "text is bytes";
  EXPECT_EQ(sscanf_s("1", "%[", nullptr, 0U), EOF);
}

TEST(Scan, LeavesInAStreamWhatItDidNotTake) {
  char text[] = "12 34x\n56";
  FILE* const stream = ::fmemopen(text, sizeof text - 1, "r");
  int first = 0;
  int second = 0;
  EXPECT_EQ(fscanf_s(stream, "%d%d", &first, &second), 2);
  EXPECT_EQ(first, 12);
  EXPECT_EQ(second, 34);
  EXPECT_EQ(getc(stream), 'x');
  EXPECT_EQ(fscanf_s(stream, " %d", &first), 1);
  EXPECT_EQ(first, 56);
  EXPECT_EQ(fscanf_s(stream, "%d", &first), EOF);
  fclose(stream);
}

}  // namespace
