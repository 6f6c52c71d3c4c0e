#include "base/csv.h"

#include <algorithm>
#include <charconv>

#include "base/characters.h"

namespace sigap::csv {
namespace {

constexpr std::string_view kSeparators = ",;\t";

bool blank(const std::string& cell) {
  return trimmed(cell).empty();
}

bool blank(const std::vector<std::string>& cells) {
  return std::all_of(cells.begin(), cells.end(), [](const auto& cell) { return blank(cell); });
}

/// How many stand before the empty ones at the end.
std::size_t used(const std::vector<std::string>& cells) {
  auto count = cells.size();
  while (count > 0 && blank(cells[count - 1])) --count;
  return count;
}

/// What nobody sees in a cell and what is no text at all. Line ends and tabs are for whoever reads the cell.
std::string unseen(std::string_view cell) {
  std::int64_t number = 1;
  for (; !cell.empty(); ++number) {
    const auto one = first_character(cell);
    const auto where = " at its character " + std::to_string(number);
    if (!one) return "something that is not UTF-8" + where + ": save the table as \"CSV UTF-8\"";
    const bool allowed = one->code == '\t' || one->code == '\n' || one->code == '\r';
    if (const auto name = allowed ? std::nullopt : invisible(one->code)) return "an invisible " + *name + where;
    cell.remove_prefix(one->bytes);
  }
  return {};
}

/// The separator of a line such as `sep=;`, which Excel obeys and which is no row. Nothing for another line.
std::optional<char> separator_said(std::string_view line) {
  if (line.starts_with('"')) line.remove_prefix(1);
  if (line.size() < 5 || lower_ascii(line.substr(0, 4)) != "sep=") return std::nullopt;
  constexpr std::string_view kPossible = ",;\t|:^~";
  const char separator = line[4];
  const bool alone = line.find_first_not_of(std::string{separator, ' ', '"'}, 5) == std::string_view::npos;
  return alone && kPossible.find(separator) != std::string_view::npos ? std::optional(separator) : std::nullopt;
}

}  // namespace

Reader::Reader(std::string text, std::vector<Column> columns)
    : columns_(std::move(columns)), too_large_(text.size() > kBytesMax) {
  if (!too_large_) text_ = as_utf8(std::move(text));
}

bool Reader::line_end() {
  if (at_end() || (text_[at_] != '\r' && text_[at_] != '\n')) return false;
  at_ += text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2 : 1;
  ++line_;
  return true;
}

void Reader::read_quoted(Written& row) {
  auto& cell = row.cells.back();
  for (++at_; !at_end() && cell.size() <= kCellMax;) {
    const auto from = at_;
    if (text_[at_] == '"') {
      if (++at_; at_end() || text_[at_] != '"') return;
      cell += '"';
      ++at_;
    } else if (line_end()) {
      cell.append(text_, from, at_ - from);
    } else {
      at_ = std::min(text_.find_first_of("\"\r\n", at_), text_.size());
      cell.append(text_, from, at_ - from);
    }
  }
  row.wrong = "a quote that is opened in its cell " + std::to_string(row.cells.size()) + " is not closed";
  row.last = true;
}

void Reader::read_cell(Written& row) {
  row.cells.emplace_back();
  const std::string ends = {separator_, '\r', '\n'};
  auto first = at_;
  while (first < text_.size() && (text_[first] == ' ' || (text_[first] == '\t' && separator_ != '\t'))) ++first;
  const bool quoted = first < text_.size() && text_[first] == '"';
  if (quoted) {
    at_ = first;
    read_quoted(row);
    if (row.last) return;
  }
  const auto end = std::min(text_.find_first_of(ends, at_), text_.size());
  const auto rest = std::string_view(text_).substr(at_, end - at_);
  if (quoted && !trimmed(rest).empty())
    row.wrong = "in its cell " + std::to_string(row.cells.size()) + " something stands behind the closing quote";
  if (!quoted) row.cells.back() = rest;
  at_ = end;
  if (row.cells.back().size() <= kCellMax) return;
  row.wrong = "its cell " + std::to_string(row.cells.size()) + " is longer than " + std::to_string(kCellMax) + " bytes";
  row.last = true;
}

Reader::Written Reader::written_row() {
  Written row;
  row.line = line_;
  while (true) {
    read_cell(row);
    if (row.last || at_end() || line_end()) return row;
    ++at_;  // the separator
    if (row.cells.size() < kColumnsMax) continue;
    row.wrong = "more than " + std::to_string(kColumnsMax) + " columns";
    row.last = true;
    return row;
  }
}

/// Where each column stands, or what is wrong with the names.
std::string Reader::find_columns(const std::vector<std::string>& names) {
  places_.assign(columns_.size(), names.size());
  width_ = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto name = lower_ascii(trimmed(names[i]));
    if (name.empty()) continue;
    width_ = i + 1;
    if (const auto what = unseen(name); !what.empty()) return "; '" + shown(name) + "' has " + what;
    const auto column = std::find_if(columns_.begin(), columns_.end(), [&](const auto& c) { return name == c.name; });
    if (column == columns_.end()) return "; '" + shown(name) + "' is none of them";
    auto& place = places_[static_cast<std::size_t>(column - columns_.begin())];
    if (place != names.size()) return "; " + name + " stands there twice";
    place = i;
  }
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (places_[i] == names.size()) return std::string("; ") + columns_[i].name + " is missing";
  return {};
}

/// Finds the separator by the names of the columns. What is wrong, or nothing.
std::string Reader::header(std::int64_t& line) {
  std::string_view separators = kSeparators;
  char told = 0;
  while (!at_end()) {
    const auto end = std::min(text_.find_first_of("\r\n", at_), text_.size());
    const auto text = std::string_view(text_).substr(at_, end - at_);
    const auto separator = told == 0 ? separator_said(text) : std::nullopt;
    if (separator) told = *separator;
    // What is parted by what is not known yet: nothing stands in a row of separators.
    if (!separator && text.find_first_not_of(" \",;\t") != std::string_view::npos) break;
    at_ = end;
    line_end();
  }
  if (told != 0) separators = {&told, 1};
  const auto at = at_;
  line = line_;
  if (at_end()) return {};
  std::string wrong;
  std::size_t most = 0;
  for (const char separator : separators) {
    at_ = at;
    line_ = line;
    separator_ = separator;
    const auto row = written_row();
    auto why = row.wrong.empty() ? find_columns(row.cells) : "; " + row.wrong;
    if (why.empty()) return {};
    if (row.cells.size() > most) wrong = std::move(why);
    most = std::max(most, row.cells.size());
  }
  return "the first line must name the columns: " + names_of(columns_) + wrong;
}

Row Reader::fitted(Written written) const {
  Row row{written.line, {}, std::move(written.wrong)};
  if (!row.wrong.empty()) return row;
  auto& cells = written.cells;
  const auto need = [&](std::size_t here) {
    row.wrong = std::to_string(columns_.size()) + " columns are needed (" + names_of(columns_) + "), here are " +
                std::to_string(here);
    return row;
  };
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (blank(cells[i]) || std::find(places_.begin(), places_.end(), i) != places_.end()) continue;
    if (i >= width_) return need(used(cells));
    row.wrong = "something stands in column " + std::to_string(i + 1) + ", which has no name in the first line";
    return row;
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (places_[i] >= cells.size() && !columns_[i].may_be_empty) return need(cells.size());
    row.cells.emplace_back(places_[i] < cells.size() ? trimmed(cells[places_[i]]) : std::string_view{});
    const auto what = unseen(row.cells.back());
    if (!what.empty()) row.wrong = std::string("column ") + columns_[i].name + " has " + what;
    if (row.cells.back().empty() && !columns_[i].may_be_empty)
      row.wrong = std::string("column ") + columns_[i].name + " is empty";
    if (!row.wrong.empty()) return row;
  }
  return row;
}

std::optional<Row> Reader::next() {
  if (ended_) return std::nullopt;
  const auto last = [this](Row row) {
    ended_ = true;
    return row;
  };
  if (too_large_) return last({1, {}, "it is larger than " + std::to_string(kBytesMax >> 20) + " MiB"});
  if (!begun_) {
    begun_ = true;
    std::int64_t line = 1;
    if (auto wrong = header(line); !wrong.empty()) return last({line, {}, std::move(wrong)});
  }
  while (!at_end()) {
    auto row = written_row();
    if (row.wrong.empty() && blank(row.cells)) continue;
    if (++rows_ > kRowsMax) return last({row.line, {}, "more than " + std::to_string(kRowsMax) + " rows"});
    ended_ = row.last;
    return fitted(std::move(row));
  }
  ended_ = true;
  return std::nullopt;
}

std::string names_of(const std::vector<Column>& columns) {
  std::string names;
  for (const auto& column : columns) names += (names.empty() ? "" : ",") + std::string(column.name);
  return names;
}

std::optional<double> read_number(std::string_view cell) {
  std::string text(cell);
  if (text.find_first_not_of("0123456789.,eE+-") != std::string::npos) return std::nullopt;  // nan, inf
  if (const auto comma = text.find(','); comma != std::string::npos) {
    if (text.find('.') != std::string::npos) return std::nullopt;
    text[comma] = '.';
  }
  double value = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  return read.ec == std::errc{} && read.ptr == end ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> read_whole(std::string_view cell) {
  if (cell.ends_with(".0") || cell.ends_with(",0")) cell.remove_suffix(2);
  std::int64_t value = 0;
  const auto* end = cell.data() + cell.size();
  const auto read = std::from_chars(cell.data(), end, value);
  return read.ec == std::errc{} && read.ptr == end ? std::optional(value) : std::nullopt;
}

std::string line_of(const std::vector<std::string>& cells, char separator) {
  std::string line;
  for (const auto& cell : cells) {
    if (&cell != &cells.front()) line += separator;
    const bool quoted = cell.find_first_of("\",;\t\r\n") != std::string::npos || trimmed(cell) != cell;
    if (quoted) line += '"';
    for (const char c : cell) {
      if (c == '"') line += '"';
      line += c;
    }
    if (quoted) line += '"';
  }
  return line + "\n";
}

std::string free_text(std::string_view text) {
  constexpr std::string_view kFormula = "=+-@\t\r";
  const bool formula = !text.empty() && kFormula.find(text.front()) != std::string_view::npos;
  return formula ? "'" + std::string(text) : std::string(text);
}

}  // namespace sigap::csv
