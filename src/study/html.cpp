#include "study/html.h"

#include <fmt/format.h>

namespace sigap::study::html {
namespace {

constexpr const char* kHari[] = {"Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"};
constexpr const char* kDay[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
constexpr int kHoursOfDay = 24;

}  // namespace

std::string when(const Clock& clock, int utc_hour) {
  const int hour = clock.local(utc_hour);
  return both(fmt::format("{} {:02}.00 {}", kHari[hour / 24], hour % 24, clock.name),
              fmt::format("{} {:02}:00 {}", kDay[hour / 24], hour % 24, clock.name));
}

std::string week_curve(const std::string& title, const std::string& tone, const rules::Week<double>& values,
                       const Clock& clock, int digits) {
  page::Curve curve{title,
                    tone,
                    digits,
                    {},
                    kHoursOfDay,
                    "",
                    "<div class=\"days\" aria-hidden=\"true\">",
                    "data-clock=\"" + clock.name + "\""};
  for (int local = 0; local < rules::kHoursOfWeek; ++local)
    curve.values.push_back(values[static_cast<std::size_t>(clock.utc(local))]);
  for (int day = 0; day < 7; ++day) {
    curve.axis +=
        "<span>" + both(std::string(kHari[day]).substr(0, 3), std::string(kDay[day]).substr(0, 3)) + "</span>";
    if (day) curve.marks += fmt::format("M{} 0V100", day * kHoursOfDay);
  }
  curve.axis += "</div>";
  return page::curve(curve);
}

}  // namespace sigap::study::html
