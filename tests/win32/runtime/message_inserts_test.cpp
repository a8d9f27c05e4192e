// SPDX-License-Identifier: MIT
// Inserts: numbers, formats, the two kinds of arguments. The expectations are what Windows answers to the
// same calls, but for what the test's name says.
#include "message_call.hpp"

#include <gtest/gtest.h>

namespace {

constexpr std::uintptr_t kNone = 0;

TEST(MessageInserts, AreTakenByNumber) {
  EXPECT_EQ(message(0, "%1%3%2%1", "t", "s", "e"), "test");
  EXPECT_EQ(message(0, L"%1%3%2%1", L"t", L"s", L"e"), L"test");
  EXPECT_EQ(message(0, u"%1%3%2%1", u"t", u"s", u"e"), u"test");
}

TEST(MessageInserts, HaveNumbersOfTwoDigits) {
  std::uintptr_t arguments[13];
  for (std::uintptr_t& argument : arguments)
    argument = static_cast<std::uintptr_t>(&argument - arguments) + 1;
  EXPECT_EQ(message_of_array(0, "%12!u!-%1!u!3-%013", arguments), "12-13-");
  EXPECT_EQ(message_of_array(0, u"%13!u!3", arguments), u"133");
}

TEST(MessageInserts, StringsHaveTheWidthThatTheirFormatSays) {
  EXPECT_EQ(message(0, "%1!s! %2!hs! %3!ls! %4!ws! %5!S!", "a", "b", L"c", L"d", L"e"), "a b c d e");
  EXPECT_EQ(message(0, L"%1!s! %2!hs! %3!ls! %4!ws! %5!S!", L"a", "b", L"c", L"d", "e"), L"a b c d e");
  EXPECT_EQ(message(0, u"%1!s! %2!hs! %3!ls! %4!ws! %5!S!", u"a", "b", u"c", u"d", "e"), u"a b c d e");
}

TEST(MessageInserts, OtherWidthsAreConvertedFromAndToUtf8) {
  EXPECT_EQ(message(0, "%1!ls!", L"gr\u00fc\u00df \U0001F600"), "gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80");
  EXPECT_EQ(message(0, L"%1!S!", "gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80"), L"gr\u00fc\u00df \U0001F600");
  EXPECT_EQ(message(0, u"%1!S!", "gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80"), u"gr\u00fc\u00df \U0001F600");
  EXPECT_EQ(message(0, u"%1!S!",
                    "a\xff\xc0\x80"
                    "b\xe2\x82"),
            u"a\ufffd\ufffd"
            u"b\ufffd\ufffd");
}

TEST(MessageInserts, TextOfTheSameWidthPassesUnjudged) {
  EXPECT_EQ(message(0, "%1", "a\xff\xfe"), "a\xff\xfe");
  const char16_t half[] = {0xD800, u'a', 0};
  EXPECT_EQ(message(0, u"%1", half), half);
}

TEST(MessageInserts, CharactersHaveTheWidthThatTheirFormatSays) {
  EXPECT_EQ(message(0, "%1!c!%2!c!%3!c!%1!c!", 't', 'e', 's'), "test");
  EXPECT_EQ(message(0, "%1!lc!%2!wc!%3!C!", L'\u00fc', L'b', L'c'),
            "\xc3\xbc"
            "bc");
  EXPECT_EQ(message(0, L"%1!c!%2!lc!%3!C!", L'\u00fc', L'b', 'c'),
            L"\u00fc"
            L"bc");
}

TEST(MessageInserts, NumbersHaveFlagsWidthAndPrecision) {
  EXPECT_EQ(message(0, "%1!d!%2!d!%3!d!", 1, 2, 3), "123");
  EXPECT_EQ(message(0, "[%1!4d!][%1!-4d!]", 1), "[   1][1   ]");
  EXPECT_EQ(message(0, "[%1!4x!][%1!4X!][%1!-4X!][%1!#x!]", 11), "[   b][   B][B   ][0xb]");
  EXPECT_EQ(message(0, "[%1!4.2u!][%1!04u!][%1!+d!]", 3), "[  03][0003][+3]");
}

TEST(MessageInserts, PlainAndLongNumbersHave32Bits) {
  EXPECT_EQ(message(0, "%1!d! %1!ld! %1!u! %1!lu! %1!hu!", 0xFFFFFFFFFFFFFFFFULL),
            "-1 -1 4294967295 4294967295 65535");
  EXPECT_EQ(message(0, u"%1!lu!", 0x1FFFFFFFFULL), u"4294967295");
}

TEST(MessageInserts, NumbersOf64BitsSaySo) {
  for (const char* const format : {"%1!I64u!", "%1!llu!", "%1!Iu!"}) {
    EXPECT_EQ(message(0, format, 18446744073709551615ULL), "18446744073709551615");
  }
  EXPECT_EQ(message(0, L"%1!I64d!", -9223372036854775807LL), L"-9223372036854775807");
  EXPECT_EQ(message(0, u"%1!I64d!", 1234567890LL), u"1234567890");
}

TEST(MessageInserts, StringsArePaddedAndCut) {
  EXPECT_EQ(message(0, "[%1!3s!][%1!-3s!][%2!.2s!]", "t", "abc"), "[  t][t  ][ab]");
  const char unended[2] = {'a', 'b'};
  EXPECT_EQ(message(0, "%1!.2s!", unended), "ab");
}

TEST(MessageInserts, NullStringsShow) {
  EXPECT_EQ(message_of_array(0, "%1", &kNone), "(null)");
  EXPECT_EQ(message_of_array(0, u"%1", &kNone), u"(null)");
}

TEST(MessageInserts, StarsTakeArgumentsOfAList) {
  EXPECT_EQ(message(0, "%1!*s!", 4, "t"), "   t");
  EXPECT_EQ(message(0, "%1!*.*u!", 5, 3, 1), "  001");
  EXPECT_EQ(message(0, "%1!*.*u!,%1!*.*u!", 5, 3, 1, 4, 2), "  001, 0002");
  EXPECT_EQ(message(0, "%1!*.*u!,%3!*.*u!", 5, 3, 1, 6, 4, 2), "  001,  0002");
}

TEST(MessageInserts, StarsCountOtherwiseInAnArray) {
  const std::uintptr_t arguments[] = {6, 4, 2, 5, 3, 1};
  EXPECT_EQ(message_of_array(0, "%1!*.*u!,%1!*.*u!", arguments), "  0002, 00003");
  EXPECT_EQ(message_of_array(0, u"%1!*.*u!,%4!*.*u!", arguments), u"  0002,  001");
}

TEST(MessageInserts, ANegativeStarJustifiesLeft) {
  EXPECT_EQ(message(0, "[%1!*s!]", -3, "t"), "[t  ]");
}

TEST(MessageInserts, InsertedTextTakesPartInLineBreaking) {
  EXPECT_EQ(message(11, "short %1 line", "long"), "short long\r\nline");
}

TEST(MessageInserts, WithoutArgumentsAreInvalid) {
  char buffer[8] = "xxxxxx";
  EXPECT_EQ(format_message(0, "%1", buffer, 8, nullptr), 0U);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  EXPECT_EQ(format_message(FORMAT_MESSAGE_ARGUMENT_ARRAY, "%1", buffer, 8, nullptr), 0U);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  EXPECT_STREQ(buffer, "xxxxxx");
}

TEST(MessageInserts, FormatsThatDoNotExistAreInvalid) {
  for (const char* const definition : {"%1!s", "%1!!", "%1!n!", "%1!f!", "%1!ds!", "%1!\xc3\xa4!"}) {
    EXPECT_EQ(message_of_array(0, definition, &kNone), "error 87") << definition;
  }
}

TEST(MessageInserts, HugeWidthsAreHeldDown) {
  EXPECT_EQ(message_of_array(0, "%1!2000000000d!", &kNone), "error 122");
}

}  // namespace
