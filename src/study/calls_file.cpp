#include "study/calls_file.h"

#include <fmt/format.h>

#include "base/characters.h"
#include "base/csv.h"
#include "base/rfc3339.h"

namespace sigap::study {
namespace {

using sigap::staffing::CallRecord;

const std::vector<csv::Column> kColumns = {{"station"}, {"time"}, {"handling_seconds", true}};

/// The call of one row, or what is wrong with it.
std::string call_of(const std::vector<std::string>& row, CallRecord& call) {
  call.station = {lower_ascii(row[0])};
  const auto at = read_rfc3339(row[1]);
  if (!at) return fmt::format("'{}' is no time as in 2026-11-24T19:05:30+07:00 (column time)", shown(row[1]));
  call.at = *at;
  call.handling_s.reset();
  if (row[2].empty()) return {};
  const auto handling = csv::read_number(row[2]);
  if (!handling || !(*handling > 0 && *handling <= kLongestHandling_s))
    return fmt::format(
        "'{}' is no handling time: seconds above 0 and up to {}, or empty when nobody answered (column "
        "handling_seconds)",
        shown(row[2]), kLongestHandling_s);
  call.handling_s = handling;
  return {};
}

}  // namespace

std::vector<std::string> read_calls(std::string text, const std::string& name,
                                    const std::function<std::string(const CallRecord&)>& take, std::size_t most) {
  std::vector<std::string> mistakes;
  csv::Reader rows(std::move(text), kColumns);
  struct End {
    Instant at;
    std::int64_t line;
  };
  std::optional<End> first, last;
  while (const auto row = mistakes.size() < most ? rows.next() : std::nullopt) {
    CallRecord call;
    std::string wrong = row->wrong;
    if (wrong.empty()) wrong = call_of(row->cells, call);
    if (wrong.empty()) wrong = take(call);
    if (!wrong.empty()) {
      mistakes.push_back(fmt::format("{}:{}: {}", name, row->line, wrong));
      continue;
    }
    if (!first || call.at < first->at) first = {call.at, row->line};
    if (!last || call.at > last->at) last = {call.at, row->line};
  }
  if (mistakes.empty() && first && last->at - first->at > hours(std::int64_t{24} * kLongestSpan))
    mistakes.push_back(fmt::format("{}:{}: more than {} days after line {}: is one year wrong?", name, last->line,
                                   kLongestSpan, first->line));
  return mistakes;
}

}  // namespace sigap::study
