#include "sigap/staffing/calls_file.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/rfc3339.h"

namespace sigap::cli::staffing {
namespace {

using sigap::staffing::CallRecord;

constexpr const char* kColumns = "station,time,handling_seconds";

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r");
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// The call of one line, or what is wrong with it.
std::string call_of(const std::vector<std::string>& row, CallRecord& call) {
  if (row.size() != 3) return fmt::format("3 columns are needed ({}), here are {}", kColumns, row.size());
  call.station = {row[0]};
  const auto at = read_rfc3339(row[1]);
  if (!at) return fmt::format("'{}' is no time as in 2026-11-24T19:05:30+07:00", row[1]);
  call.at = *at;
  call.handling_s.reset();
  if (row[2].empty()) return {};
  double handling = 0;
  const auto [end, error] = std::from_chars(row[2].data(), row[2].data() + row[2].size(), handling);
  if (error != std::errc{} || end != row[2].data() + row[2].size() || !(handling > 0 && handling <= kLongestHandling_s))
    return fmt::format("'{}' is no handling time: seconds above 0 and up to {}, or empty when nobody answered", row[2],
                       kLongestHandling_s);
  call.handling_s = handling;
  return {};
}

}  // namespace

std::vector<std::string> cells(const std::string& line, char separator) {
  std::vector<std::string> row(1);
  bool quoted = false;
  for (const char c : line)
    if (c == '"')
      quoted = !quoted;
    else if (c == separator && !quoted)
      row.emplace_back();
    else
      row.back() += c;
  for (auto& cell : row) cell = trimmed(cell);
  return row;
}

std::vector<std::string> read_calls(std::istream& in, const std::string& name,
                                    const std::function<std::string(const CallRecord&)>& take, std::size_t most) {
  std::vector<std::string> mistakes;
  std::string line;
  char separator = ',';
  struct End {
    Instant at;
    std::int64_t line;
  };
  std::optional<End> first, last;
  for (std::int64_t number = 1; mistakes.size() < most && std::getline(in, line); ++number) {
    if (number == 1) {
      if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);  // a spreadsheet's byte order mark
      if (line.find(';') != std::string::npos) separator = ';';
      const auto row = cells(line, separator);
      if (fmt::format("{}", fmt::join(row, ",")) != kColumns) {
        mistakes.push_back(fmt::format("{}:1: the first line must name the columns: {}", name, kColumns));
        return mistakes;
      }
      continue;
    }
    if (trimmed(line).empty()) continue;
    CallRecord call;
    std::string wrong = call_of(cells(line, separator), call);
    if (wrong.empty()) wrong = take(call);
    if (!wrong.empty()) {
      mistakes.push_back(fmt::format("{}:{}: {}", name, number, wrong));
      continue;
    }
    if (!first || call.at < first->at) first = {call.at, number};
    if (!last || call.at > last->at) last = {call.at, number};
  }
  if (mistakes.empty() && first && last->at - first->at > hours(std::int64_t{24} * kLongestSpan))
    mistakes.push_back(fmt::format("{}:{}: more than {} days after line {}: is one year wrong?", name, last->line,
                                   kLongestSpan, first->line));
  if (in.bad()) mistakes.push_back(name + ": cannot be read to its end");
  return mistakes;
}

}  // namespace sigap::cli::staffing
