// Tables as programs and spreadsheets write them (CSV): one reader for all that is imported, one writer for all that is
// exported. Source: RFC 4180, and what Excel and LibreOffice do besides:
// - UTF-8 with or without a byte order mark, or UTF-16; lines end with CR, LF or CRLF;
// - cells are parted by comma, semicolon or tab, whichever makes the first line name the columns, or by what a line
//   `sep=;` before it says; quoted cells may hold separators, doubled quotes and line ends;
// - rows in which nothing stands and columns without a name and content are passed over; so are blanks and invisible
//   characters at both ends of a cell; a row may end early where what is missing may be empty (Excel writes no
//   separators for empty cells at the end of a row, Microsoft KB 77295);
// - columns stand in any order, their names in any case.
// Whatever else is not as asked for is refused with the line where its row begins and the column, and an invisible
// character by its name: never read as something near to it.
// Invariant: pure; the text is in memory, and is looked at once, row by row.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sigap::csv {

/// A table of 10 million calls has half of it; own.
inline constexpr std::size_t kBytesMax = std::size_t{1} << 30;
/// Own: a decade of calls; Excel itself has 1,048,576.
inline constexpr std::int64_t kRowsMax = 20'000'000;
/// Excel's own limits: columns, and bytes (characters there) of a cell.
inline constexpr std::size_t kColumnsMax = 16'384;
inline constexpr std::size_t kCellMax = 32'767;

struct Column {
  const char* name;  ///< small letters
  bool may_be_empty = false;
};

struct Row {
  std::int64_t line = 0;           ///< where it begins in the file, from 1
  std::vector<std::string> cells;  ///< in the order asked for, trimmed, UTF-8
  std::string wrong;               ///< why it is not to be used, or empty
};

class Reader {
 public:
  Reader(std::string text, std::vector<Column> columns);

  /// The next row, nothing at the end. A row that is wrong is given as well; when nothing after it can be read either
  /// (the columns are not named, a quote is never closed, a limit), it is the last.
  std::optional<Row> next();

 private:
  /// A row of the file as it is written.
  struct Written {
    std::int64_t line = 0;
    std::vector<std::string> cells;
    std::string wrong;
    bool last = false;  ///< where the next one begins is not known
  };

  bool at_end() const { return at_ >= text_.size(); }
  Written written_row();
  void read_cell(Written& row);
  void read_quoted(Written& row);
  bool line_end();
  std::string header(std::int64_t& line);
  std::string find_columns(const std::vector<std::string>& names);
  Row fitted(Written written) const;

  std::string text_;
  std::vector<Column> columns_;
  std::vector<std::size_t> places_;  ///< of each column asked for, in a row of the file
  std::size_t width_ = 0;            ///< to the last column with a name
  std::size_t at_ = 0;
  std::int64_t line_ = 1, rows_ = 0;
  char separator_ = ',';
  bool too_large_ = false, begun_ = false, ended_ = false;
};

/// "station,time,handling_seconds".
std::string names_of(const std::vector<Column>& columns);

/// A number with a decimal point or comma: "95", "95.5", "95,5". Nothing for what is grouped by thousands.
std::optional<double> read_number(std::string_view cell);
/// A whole number, also where a program wrote "3.0".
std::optional<std::int64_t> read_whole(std::string_view cell);

/// A line with its end. A cell is quoted where it must be, its quotes doubled.
std::string line_of(const std::vector<std::string>& cells, char separator = ',');

/// Free text for a cell: what a spreadsheet would take for a formula (first = + - @, tab, carriage return) gets the
/// apostrophe in front by which spreadsheets know a text. Only for names and the like, which do not begin so; numbers
/// and codes are never changed, since a program reads them. Source: OWASP, CSV injection.
std::string free_text(std::string_view text);

}  // namespace sigap::csv
