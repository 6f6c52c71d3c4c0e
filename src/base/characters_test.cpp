#include "base/characters.h"

#include <gtest/gtest.h>

namespace sigap {

TEST(CharactersTest, BytesThatAreNoCharacterAreQuestionMarks) {
  EXPECT_EQ(utf8_only("Jl. Melati 12, caf\xC3\xA9"), "Jl. Melati 12, caf\xC3\xA9");
  EXPECT_EQ(utf8_only("caf\xE9"), "caf?");
  EXPECT_EQ(utf8_only("\xFF\xC3"), "??");
  EXPECT_EQ(utf8_only("\xED\xA0\x80 \xF0\x9F\x98\x80"), "??? \xF0\x9F\x98\x80");
  EXPECT_EQ(utf8_only(""), "");
}

TEST(CharactersTest, Utf8IsReadByTheRule) {
  EXPECT_EQ(first_character("a")->code, U'a');
  EXPECT_EQ(first_character("\xC3\xA9!")->code, U'\u00E9');
  EXPECT_EQ(first_character("\xE2\x82\xAC")->bytes, 3U);
  EXPECT_EQ(first_character("\xF0\x9F\x9A\x94")->code, U'\U0001F694');
  for (const char* bytes : {"", "\x80", "\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF"})
    EXPECT_FALSE(first_character(bytes)) << bytes;
}

TEST(CharactersTest, WhatIsNotSeenHasAName) {
  EXPECT_EQ(invisible(0xA0), "no-break space (U+00A0)");
  EXPECT_EQ(invisible(0x200B), "zero width space (U+200B)");
  EXPECT_EQ(invisible(0x202E), "mark of writing direction (U+202E)");
  EXPECT_EQ(invisible(0), "null (U+0000)");
  EXPECT_EQ(invisible(7), "control character (U+0007)");
  EXPECT_EQ(invisible(0xE0041), "tag or variation selector (U+E0041)");
  for (const char32_t seen : {U' ', U'a', U'~', U'\u00E9', U'\u2019', U'\U0001F694'}) EXPECT_FALSE(invisible(seen));
}

TEST(CharactersTest, TrimmedAndShown) {
  EXPECT_EQ(trimmed(" \t\xC2\xA0polres\xC2\xA0sleman\xE2\x80\x8B \r\n"), "polres\xC2\xA0sleman");
  EXPECT_EQ(trimmed("\xEF\xBB\xBF \xE3\x80\x80"), "");
  EXPECT_EQ(trimmed("a\xA0"), "a\xA0") << "bytes that are no character stay, to be refused";
  EXPECT_EQ(shown("polres\xC2\xA0sleman\n\xFF"), "polres<U+00A0>sleman<U+000A>?");
  EXPECT_LT(shown(std::string(1000, 'x')).size(), 70U);
}

TEST(CharactersTest, EveryEncodingOfSpreadsheets) {
  const auto utf16 = [](const char* bytes, std::size_t size) { return as_utf8(std::string(bytes, size)); };
  EXPECT_EQ(as_utf8("\xEF\xBB\xBF"
                    "a"),
            "a");
  EXPECT_EQ(utf16("\xFF\xFE"
                  "a\0\xE9\0",
                  6),
            "a\xC3\xA9");
  EXPECT_EQ(utf16("\xFE\xFF\0a\0\xE9", 6), "a\xC3\xA9");
  EXPECT_EQ(utf16("a\0b\0", 4), "ab") << "no mark, and nothing else it can be";
  EXPECT_EQ(utf16("\0a\0b", 4), "ab");
  EXPECT_EQ(utf16("\xFF\xFE\x3D\xD8\x94\xDE", 6), "\xF0\x9F\x9A\x94");
  EXPECT_EQ(utf16("\xFF\xFE\x3D\xD8"
                  "a\0",
                  6),
            "\xEF\xBF\xBD"
            "a")
      << "half a pair";
  EXPECT_EQ(as_utf8("caf\xE9"), "caf\xE9") << "left for whoever reads the cell";
}

}  // namespace sigap
