#include "base/rfc3339.h"

#include <algorithm>

namespace sigap {
namespace {

/// Reads from the front; once something did not fit, everything is wrong.
struct Reader {
  std::string_view rest;
  bool good = true;

  int digits(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count && good; ++i) {
      good = i < rest.size() && rest[i] >= '0' && rest[i] <= '9';
      if (good) value = value * 10 + (rest[i] - '0');
    }
    if (good) rest.remove_prefix(count);
    return value;
  }
  int number(std::size_t count, int least, int most) {
    const int value = digits(count);
    good = good && value >= least && value <= most;
    return value;
  }
  char one_of(std::string_view choices) {
    good = good && !rest.empty() && choices.find(rest.front()) != std::string_view::npos;
    if (!good) return 0;
    const char c = rest.front();
    rest.remove_prefix(1);
    return c;
  }
};

constexpr bool leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : kDays[month - 1];
}

/// Since 1970-01-01.
std::int64_t days_until(int year, int month, int day) {
  const std::int64_t before = year - 1;
  std::int64_t days = before * 365 + before / 4 - before / 100 + before / 400;
  for (int m = 1; m < month; ++m) days += days_in(year, m);
  constexpr std::int64_t kUntil1970 = 719'162;
  return days + day - 1 - kUntil1970;
}

}  // namespace

std::optional<Instant> read_rfc3339(std::string_view text) {
  Reader in{text};
  const int year = in.number(4, 1, 9999);
  in.one_of("-");
  const int month = in.number(2, 1, 12);
  in.one_of("-");
  const int day = in.number(2, 1, in.good ? days_in(year, month) : 31);
  in.one_of("Tt ");
  const int hour = in.number(2, 0, 23);
  in.one_of(":");
  const int minute = in.number(2, 0, 59);
  in.one_of(":");
  const int second = std::min(59, in.number(2, 0, 60));
  int ms = 0;
  if (in.good && in.rest.starts_with('.')) {
    in.one_of(".");
    ms = in.digits(1) * 100;
    for (int weight = 10; in.good && !in.rest.empty() && in.rest.front() >= '0' && in.rest.front() <= '9'; weight /= 10)
      ms += in.digits(1) * weight;
  }
  const char sign = in.one_of("Zz+-");
  Duration east{};
  if (sign == '+' || sign == '-') {
    east = hours(in.number(2, 0, 23));
    in.one_of(":");
    east = east + minutes(in.number(2, 0, 59));
    if (sign == '-') east.ms = -east.ms;
  }
  if (!in.good || !in.rest.empty()) return std::nullopt;
  return Instant{days_until(year, month, day) * 86'400'000} + hours(hour) + minutes(minute) + seconds(second) +
         milliseconds(ms - east.ms);
}

std::string write_rfc3339(Instant at) {
  constexpr std::int64_t kDay_s = 86'400;
  const auto seconds = at.ms / 1000 - (at.ms % 1000 < 0);
  const auto day = seconds / kDay_s - (seconds % kDay_s < 0);
  const auto second = seconds - day * kDay_s;
  constexpr double kYear_days = 365.2425;
  int year = 1970 + static_cast<int>(static_cast<double>(day) / kYear_days) + 1;  // too late by at most two
  while (days_until(year, 1, 1) > day) --year;
  int month = 12;
  while (days_until(year, month, 1) > day) --month;
  const auto two = [](std::int64_t n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  return std::to_string(year) + '-' + two(month) + '-' + two(day - days_until(year, month, 1) + 1) + 'T' +
         two(second / 3600) + ':' + two(second / 60 % 60) + ':' + two(second % 60) + 'Z';
}

}  // namespace sigap
