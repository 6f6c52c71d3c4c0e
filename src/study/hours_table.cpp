#include <fmt/format.h>

#include "base/csv.h"
#include "study/report.h"

namespace sigap::study {
namespace {

/// How many operators each way of working together takes; empty where it does not apply.
struct Columns {
  const rules::Week<int>*alone, *by_province, *nation;
};

void lines(std::string& out, const char* level, const Study& s, const StationCode& code, const rules::Demand& demand,
           const Columns& columns) {
  const auto clock = clock_of(s.tree, code);
  const auto cell = [](const rules::Week<int>* operators, std::size_t hour) {
    return operators ? std::to_string((*operators)[hour]) : std::string();
  };
  for (int local = 0; local < rules::kHoursOfWeek; ++local) {
    const auto hour = static_cast<std::size_t>(clock.utc(local));
    out += csv::line_of({level, code.value, csv::free_text(s.name(code)), std::to_string(local / 24 + 1),
                         std::to_string(local % 24), clock.name, fmt::format("{:.4f}", demand.calls_per_hour[hour]),
                         fmt::format("{:.1f}", demand.handling_s), cell(columns.alone, hour),
                         cell(columns.by_province, hour), cell(columns.nation, hour)});
  }
}

}  // namespace

std::string hours_table(const Study& s) {
  std::string out = std::string(kHoursColumns) + "\n";
  const auto& p = s.plan;
  lines(out, "nation", s, s.tree.headquarters(), p.nation.demand, {&p.alone, &p.by_provinces, &p.nation.operators});
  for (const auto& province : p.provinces)
    lines(out, "province", s, province.province, province.pooled.demand,
          {&province.alone, &province.pooled.operators, nullptr});
  for (std::size_t i = 0; i < s.places.size(); ++i)
    lines(out, "station", s, s.places[i].station, p.stations[i].demand, {&p.stations[i].operators, nullptr, nullptr});
  return out;
}

}  // namespace sigap::study
