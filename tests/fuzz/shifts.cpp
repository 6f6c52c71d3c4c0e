#include <map>
#include <string>

#include "base/check.h"
#include "shifts_file/shifts_file.h"
#include "study/operators_file.h"
#include "targets.h"

namespace sigap::fuzz {
namespace {

constexpr Instant kNow{1'796'083'200'000};  // 2026-12-01T00:00:00Z

core::Update picture() {
  core::Update update;
  update.stations.push_back({{"polres-sleman"}, "Sleman", stations::StationLevel::polres, {}, {}, "Asia/Jakarta", {}});
  update.people.push_back({{1}, "sari", std::nullopt, people::Role::operator_, {"polres-sleman"}, "", false, false});
  update.people.push_back({{2}, "budi", std::nullopt, people::Role::supervisor, {"polres-sleman"}, "", false, false});
  return update;
}

}  // namespace

bool shifts(std::string_view input) {
  static const auto seen = picture();
  const auto file = shifts_file::read_shifts(std::string(input), "shifts.csv", seen, kNow);
  for (const auto& [number, shift] : file.fresh) {
    SIGAP_CHECK(number > 1 && shift.station.value == "polres-sleman" && shift.from < shift.until);
    for (const auto& person : shift.people) SIGAP_CHECK(person.value == 1 || person.value == 2);
  }
  std::map<StationCode, int> operators;
  (void)study::read_operators(std::string(input), "operators.csv", {}, operators);
  return !file.fresh.empty();
}

}  // namespace sigap::fuzz
