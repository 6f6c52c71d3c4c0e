#include "base/csv.h"

#include <gtest/gtest.h>

namespace sigap::csv {
namespace {

const std::vector<Column> kColumns = {{"who"}, {"count"}, {"why", true}};

/// Rows as "LINE:cell|cell|cell" or "LINE!what is wrong".
std::vector<std::string> read(std::string text, const std::vector<Column>& columns = kColumns) {
  Reader reader(std::move(text), columns);
  std::vector<std::string> rows;
  while (const auto row = reader.next()) {
    std::string said = std::to_string(row->line) + (row->wrong.empty() ? ":" : "!") + row->wrong;
    for (const auto& cell : row->cells)
      if (row->wrong.empty()) said += (&cell == &row->cells.front() ? "" : "|") + cell;
    rows.push_back(std::move(said));
  }
  return rows;
}

using Rows = std::vector<std::string>;

std::string utf16(const std::string& ascii, bool little) {
  std::string out = little ? "\xFF\xFE" : "\xFE\xFF";
  for (const char c : ascii) out += little ? std::string{c, '\0'} : std::string{'\0', c};
  return out;
}

TEST(CsvReaderTest, AsProgramsAndSpreadsheetsWrite) {
  const Rows expected = {"2:a|1|x", "3:b|2|"};
  for (const std::string end : {"\n", "\r\n", "\r"})
    for (const std::string by : {",", ";", "\t"}) {
      const auto line = [&](const char* a, const char* b, const char* c) { return a + by + b + by + c + end; };
      const auto plain = line("who", "count", "why") + line("a", "1", "x") + line("b", "2", "");
      EXPECT_EQ(read(plain), expected) << by;
      EXPECT_EQ(read(plain.substr(0, plain.size() - end.size())), expected) << "no line end at the end";
      EXPECT_EQ(read("\xEF\xBB\xBF" + plain), expected);
      EXPECT_EQ(read(utf16(plain, true)), expected);
      EXPECT_EQ(read(utf16(plain, false)), expected);
      EXPECT_EQ(read(utf16(plain, true).substr(2)), expected);
      EXPECT_EQ(
          read(line("\"who\"", "\"count\"", "\"why\"") + line("\"a\"", "\"1\"", "\"x\"") + line(" b ", "2", "\"\"")),
          expected);
      EXPECT_EQ(read(plain + by + by + end + end + "  " + by + end), expected) << "empty rows at the end";
      EXPECT_EQ(read("sep=" + by + "\r\n" + plain), (Rows{"3:a|1|x", "4:b|2|"}));
      EXPECT_EQ(read("\xEF\xBB\xBF\"SEP=" + by + "\"\n" + plain), (Rows{"3:a|1|x", "4:b|2|"}));
    }
  EXPECT_EQ(read("sep=|\nwho|count|why\na|1|x;y\n"), Rows{"3:a|1|x;y"});
}

TEST(CsvReaderTest, QuotedCellsHoldWhatPartsOthers) {
  EXPECT_EQ(read("who,count,why\n\"a;b\",1,\"c\td;e;f\"\n"), Rows{"2:a;b|1|c\td;e;f"});
  EXPECT_EQ(read("who;count;why\n\"a,b\";\"1\";\"c,d,e,f\"\n"), Rows{"2:a,b|1|c,d,e,f"});
  EXPECT_EQ(read("\"who\",\"count\",\"why\"\n\"say \"\"hi\"\"\",1,\"\"\"\"\n"), Rows{"2:say \"hi\"|1|\""});
  EXPECT_EQ(read("who,count,why\r\n\"a\r\nb\",1,\"x\n\ny\"\r\nc,2,\r\nd,,\r\n"),
            (Rows{"2:a\r\nb|1|x\n\ny", "6:c|2|", "7!column count is empty"}))
      << "a row's line is where it begins";
  EXPECT_EQ(read("who,count,why\na, \"1\" ,5\" pipe\n"), Rows{"2:a|1|5\" pipe"});
}

TEST(CsvReaderTest, ColumnsByTheirNames) {
  EXPECT_EQ(read("Why,WHO, Count \nx,a,1\n"), Rows{"2:a|1|x"});
  EXPECT_EQ(read("who;count;why;;\na;1;;;\nb;2;x;;\n"), (Rows{"2:a|1|", "3:b|2|x"})) << "empty columns at the end";
  EXPECT_EQ(read("\n;;\n\nwho;count;why\na;1;x\n"), Rows{"5:a|1|x"});
  EXPECT_EQ(read("who;count;why\na;1\n"), Rows{"2:a|1|"}) << "no separators for empty cells at the end";
  EXPECT_EQ(read("who;;count;why\na;;1;x\nb;!;2;y\n"),
            (Rows{"2:a|1|x", "3!something stands in column 2, which has no name in the first line"}));
  EXPECT_EQ(read("who\xC2\xA0;\xE2\x80\x8B"
                 "count;why\na;1;\n"),
            Rows{"2:a|1|"});
  EXPECT_EQ(read(""), Rows{});
  EXPECT_EQ(read("\xEF\xBB\xBF\r\n"), Rows{});
  EXPECT_EQ(read("who,count,why\n"), Rows{});
  EXPECT_EQ(read("who\na\n", {{"who"}}), Rows{"2:a"});
}

TEST(CsvReaderTest, TheFirstLineMustNameThem) {
  const std::string first = "the first line must name the columns: who,count,why";
  EXPECT_EQ(read("who,count\na,1\n"), Rows{"1!" + first + "; why is missing"});
  EXPECT_EQ(read("who;count;wy\na;1;x\n"), Rows{"1!" + first + "; 'wy' is none of them"});
  EXPECT_EQ(read("who;count;who\na;1;x\n"), Rows{"1!" + first + "; who stands there twice"});
  EXPECT_EQ(read("sep=,\nwho;count;why\n"), Rows{"2!" + first + "; 'who;count;why' is none of them"});
  EXPECT_EQ(read("who;co\xC2\xADunt;why\n"),
            Rows{"1!" + first + "; 'co<U+00AD>unt' has an invisible soft hyphen (U+00AD) at its character 3"});
  EXPECT_EQ(read("a,1,x\n"), Rows{"1!" + first + "; 'a' is none of them"});
}

TEST(CsvReaderTest, WhatIsRefusedSaysWhereAndWhy) {
  EXPECT_EQ(
      read("who,count,why\na,95,5,x\na,1,2,3,4\na\nb,1,x\n"),
      (Rows{"2!3 columns are needed (who,count,why), here are 4", "3!3 columns are needed (who,count,why), here are 5",
            "4!3 columns are needed (who,count,why), here are 1", "5:b|1|x"}));
  EXPECT_EQ(read("who,count,why\n,1,x\n"), Rows{"2!column who is empty"});
  EXPECT_EQ(read("who,count,why\n\xC2\xA0"
                 "a\xC2\xA0,\xE2\x80\x8E"
                 "1,x\n"),
            Rows{"2:a|1|x"})
      << "at the ends they do no harm";
  EXPECT_EQ(read("who,count,why\na\xC2\xA0"
                 "b,1,x\na,1,ab\xE2\x80\x8B"
                 "c\nc,1,\n"),
            (Rows{"2!column who has an invisible no-break space (U+00A0) at its character 2",
                  "3!column why has an invisible zero width space (U+200B) at its character 3", "4:c|1|"}));
  EXPECT_EQ(read(std::string("who,count,why\na,1,x\0y\n", 22)),
            Rows{"2!column why has an invisible null (U+0000) at its character 2"});
  EXPECT_EQ(read("who,count,why\ncaf\xE9,1,\n"),
            Rows{"2!column who has something that is not UTF-8 at its character 4: save the table as \"CSV UTF-8\""});
  EXPECT_EQ(read("who,count,why\n\"a\"b,1,\nc,2,\n"),
            (Rows{"2!in its cell 1 something stands behind the closing quote", "3:c|2|"}));
  EXPECT_EQ(read("who,count,why\na,1,\nb,2,\"x\nc,3,\n"),
            (Rows{"2:a|1|", "3!a quote that is opened in its cell 3 is not closed"}));
}

TEST(CsvReaderTest, EverythingHasALimit) {
  const std::string head = "who,count,why\n";
  EXPECT_EQ(read(head + "a,1," + std::string(kCellMax, 'x') + "\n").front().substr(0, 6), "2:a|1|");
  EXPECT_EQ(read(head + "a,1," + std::string(kCellMax + 1, 'x') + "\nb,1,\n"),
            Rows{"2!its cell 3 is longer than 32767 bytes"});
  EXPECT_EQ(read(head + "a,1,\"" + std::string(kCellMax + 1, 'x') + "\nb,1,\n").front(),
            "2!a quote that is opened in its cell 3 is not closed");
  EXPECT_EQ(read(head + "a,1" + std::string(kColumnsMax - 2, ',') + "\nb,1,\n"), (Rows{"2:a|1|", "3:b|1|"}));
  EXPECT_EQ(read(head + "a,1" + std::string(kColumnsMax, ',') + "\n"), Rows{"2!more than 16384 columns"});
}

TEST(CsvReaderTest, Numbers) {
  EXPECT_EQ(read_number("95"), 95);
  EXPECT_EQ(read_number("95,5"), 95.5);
  EXPECT_EQ(read_number("95.5"), 95.5);
  EXPECT_EQ(read_number("-1,25"), -1.25);
  EXPECT_EQ(read_number("1e3"), 1000);
  for (const char* text : {"", "1.234,5", "1,234.5", "1,234,567", "1.234.567", "nan", "inf", "95 s", "0x10", ","})
    EXPECT_FALSE(read_number(text)) << text;
  EXPECT_EQ(read_whole("3"), 3);
  EXPECT_EQ(read_whole("-3"), -3);
  EXPECT_EQ(read_whole("3.0"), 3);
  EXPECT_EQ(read_whole("3,0"), 3);
  for (const char* text : {"", "3.5", "1.000", "three", "3 ", ".0", "99999999999999999999"})
    EXPECT_FALSE(read_whole(text)) << text;
}

TEST(CsvWriterTest, WhatIsWrittenIsReadAgain) {
  EXPECT_EQ(line_of({"a", "1", ""}), "a,1,\n");
  EXPECT_EQ(line_of({"Polres \"Kota\"", "a,b", "c;d"}), "\"Polres \"\"Kota\"\"\",\"a,b\",\"c;d\"\n");
  EXPECT_EQ(line_of({"two\nlines", " blank", "x"}), "\"two\nlines\",\" blank\",x\n");
  const std::vector<std::string> odd = {"\"", "\"\"", ",", ";", "a\nb", "a\r\nb", "a\tb", "=1+1", "'", "x\"y"};
  std::string text = line_of({"who", "count", "why"});
  for (const auto& one : odd) text += line_of({one, "1", one});
  const auto rows = read(text);
  ASSERT_EQ(rows.size(), odd.size());
  for (std::size_t i = 0; i < odd.size(); ++i)
    EXPECT_EQ(rows[i].substr(rows[i].find(':') + 1), odd[i] + "|1|" + odd[i]);
}

TEST(CsvWriterTest, ANameIsNoFormula) {
  for (const char* name : {"=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\tx", "\rx"})
    EXPECT_EQ(free_text(name), "'" + std::string(name));
  for (const char* name : {"Polres Sleman", "", "'x", "a=b", "1-2"}) EXPECT_EQ(free_text(name), name);
}

}  // namespace
}  // namespace sigap::csv
