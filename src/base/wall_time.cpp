#include "base/wall_time.h"

#include <algorithm>
#include <string>

#include "base/rfc3339.h"

namespace sigap {
namespace {

/// One or two digits, taken from the front.
std::optional<int> number(std::string_view& text, std::size_t least, int most) {
  int value = 0;
  std::size_t digits = 0;
  for (; digits < 2 && digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits)
    value = value * 10 + (text[digits] - '0');
  text.remove_prefix(digits);
  return digits >= least && value <= most ? std::optional(value) : std::nullopt;
}

}  // namespace

std::optional<Duration> read_time_of_day(std::string_view text) {
  const auto hour = number(text, 1, 24);
  if (!hour || text.empty() || (text.front() != ':' && text.front() != '.')) return std::nullopt;
  const char between = text.front();
  text.remove_prefix(1);
  const auto minute = number(text, 2, 59);
  if (!minute) return std::nullopt;
  int second = 0;
  if (!text.empty()) {
    if (text.front() != between) return std::nullopt;
    text.remove_prefix(1);
    const auto read = number(text, 2, 59);
    const bool whole =
        text.empty() || (text.front() == '.' && text.find_first_not_of('0', 1) == std::string_view::npos);
    if (!read || !whole) return std::nullopt;
    second = *read;
  }
  const auto since = hours(*hour) + minutes(*minute) + seconds(second);
  return since <= hours(24) ? std::optional(since) : std::nullopt;
}

std::optional<Instant> read_wall_time(std::string_view text) {
  constexpr std::size_t kDate = 10;  // 2026-12-01
  if (text.size() <= kDate || (text[kDate] != 'T' && text[kDate] != 't' && text[kDate] != ' ')) return std::nullopt;
  const auto day = read_rfc3339(std::string(text.substr(0, kDate)) + "T00:00:00Z");
  auto rest = text.substr(kDate + 1);
  if (text[kDate] == ' ') rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  const auto time = read_time_of_day(rest);
  return day && time ? std::optional(*day + *time) : std::nullopt;
}

}  // namespace sigap
