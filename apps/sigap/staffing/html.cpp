#include "sigap/staffing/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace sigap::cli::staffing::html {
namespace {

constexpr const char* kHari[] = {"Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"};
constexpr const char* kDay[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

std::string with_comma(std::string number) {
  std::replace(number.begin(), number.end(), '.', ',');
  return number;
}

/// A step a unit wide for each hour; 100 units high, the highest value at 4.
std::string steps(const rules::Week<double>& values, const Clock& clock, double highest) {
  std::string path = "M0 100";
  for (int local = 0; local < rules::kHoursOfWeek; ++local) {
    const double value = values[static_cast<std::size_t>(clock.utc(local))];
    fmt::format_to(std::back_inserter(path), "V{:.1f}H{}", 100 - 96 * value / highest, local + 1);
  }
  return path + "V100Z";
}

}  // namespace

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  return out;
}

std::string both(const std::string& indonesian, const std::string& english) {
  if (indonesian == english) return english;
  return "<span lang=\"id\">" + indonesian + "</span><span lang=\"en\">" + english + "</span>";
}

std::string whole(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), "\u202f");
  return digits;
}

std::string decimal(double number, int digits) {
  const auto text = fmt::format("{:.{}f}", number, digits);
  return both(with_comma(text), text);
}

std::string percent(double share) {
  const auto text = fmt::format("{}\u202f%", std::round(1000 * share) / 10);
  return both(with_comma(text), text);
}

std::string when(const Clock& clock, int utc_hour) {
  const int hour = clock.local(utc_hour);
  return both(fmt::format("{} {:02}.00 {}", kHari[hour / 24], hour % 24, clock.name),
              fmt::format("{} {:02}:00 {}", kDay[hour / 24], hour % 24, clock.name));
}

std::string curve(const Curve& what, const rules::Week<double>& values, const Clock& clock) {
  const double highest = std::max(1e-9, *std::max_element(values.begin(), values.end()));
  std::string read;
  for (int local = 0; local < rules::kHoursOfWeek; ++local)
    read += fmt::format("{}{:.{}f}", local ? " " : "", values[static_cast<std::size_t>(clock.utc(local))], what.digits);
  std::string days, lines;
  for (int day = 0; day < 7; ++day) {
    days += "<span>" + both(std::string(kHari[day]).substr(0, 3), std::string(kDay[day]).substr(0, 3)) + "</span>";
    if (day) lines += fmt::format("M{} 0V100", day * 24);
  }
  const auto top = what.digits ? decimal(highest, what.digits) : whole(std::llround(highest));
  return fmt::format(
      R"(<figure class="curve {0}"><figcaption>{1} <output></output></figcaption><div class="plot"><div class="side"><span>{2}</span><span>0</span></div>
<div class="area" tabindex="0" role="slider" aria-valuemin="0" aria-valuemax="167" aria-valuenow="0" data-clock="{3}" data-values="{4}"><svg viewBox="0 0 168 100" preserveAspectRatio="none" aria-hidden="true"><path class="grid" d="{5}M0 52H168"/><path class="steps" d="{6}"/><path class="here" d=""/></svg></div>
<div class="days" aria-hidden="true">{7}</div></div></figure>
)",
      what.tone, what.title, top, clock.name, read, lines, steps(values, clock, highest), days);
}

}  // namespace sigap::cli::staffing::html
