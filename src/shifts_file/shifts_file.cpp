#include "shifts_file/shifts_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "base/characters.h"
#include "base/csv.h"
#include "base/wall_time.h"
#include "domain/people/state.h"
#include "domain/rosters/state.h"
#include "study/study.h"

namespace sigap::shifts_file {
namespace {

const std::vector<csv::Column> kColumns = {{"station"}, {"from"}, {"until"}, {"people", true}, {"needed", true}};

/// What makes two shifts the same one.
using Content = std::tuple<StationCode, Instant, Instant, std::set<PersonId>, std::int64_t>;

class Planner {
 public:
  Planner(const core::Update& picture, Instant now) : now_(now) {
    for (const auto& station : picture.stations) zones_[station.station] = station.time_zone;
    for (const auto& person : picture.people) people_[person.login] = &person;
    for (const auto& shift : picture.shifts) stand(shift);
  }

  /// What is wrong with a line, or nothing.
  std::string take(std::int64_t number, const std::vector<std::string>& row, ShiftsFile& file) {
    core::PlanShift shift;
    if (auto wrong = read(row, shift); !wrong.empty()) return wrong;
    const auto [known, fresh] =
        lines_.try_emplace(Content{shift.station, shift.from, shift.until, shift.people, shift.needed}, number);
    if (!fresh && known->second > 0) return fmt::format("the same shift as in line {}", known->second);
    if (!fresh) {
      known->second = number;
      file.standing.push_back(number);
      return {};
    }
    const rosters::Shift planned{{}, shift.station, shift.from, shift.until, shift.people, shift.needed};
    if (const auto refusal = rosters::objection(book_, planned, now_)) return told(*refusal, planned);
    const ShiftId id{next_++};
    in_line_[id] = number;
    book_.apply(rosters::ShiftPlanned{id, shift.station, shift.from, shift.until, shift.people, shift.needed, {}},
                now_);
    file.fresh.push_back({number, std::move(shift)});
    return {};
  }

 private:
  void stand(const core::ShiftCard& card) {
    std::set<PersonId> people;
    for (const auto& each : card.people) people.insert(each.person);
    next_ = std::max(next_, card.shift.value + 1);
    book_.apply(rosters::ShiftPlanned{card.shift, card.station, card.from, card.until, people, card.needed, {}}, now_);
    if (card.begun) book_.apply(rosters::ShiftBegan{card.shift, card.station});
    lines_[{card.station, card.from, card.until, std::move(people), card.needed}] = 0;
  }

  std::string read(const std::vector<std::string>& row, core::PlanShift& shift) const {
    shift.station = {lower_ascii(row[0])};
    const auto zone = zones_.find(shift.station);
    if (zone == zones_.end()) return "there is no station '" + shown(row[0]) + "'";
    const auto clock = study::clock_of(zone->second);
    if (!clock) return fmt::format("{} keeps a clock that is not known here: '{}'", shift.station.value, zone->second);
    for (const auto& [column, at] : {std::pair{1, &shift.from}, std::pair{2, &shift.until}}) {
      const auto& text = row[static_cast<std::size_t>(column)];
      const auto read = read_wall_time(text);
      if (!read)
        return fmt::format("'{}' is no time as in 2026-12-01T07:00, of the station's own clock (column {})",
                           shown(text), kColumns[static_cast<std::size_t>(column)].name);
      *at = *read - hours(clock->hours_east);
    }
    if (auto wrong = read_people(lower_ascii(row[3]), shift.people); !wrong.empty()) return wrong;
    if (row[4].empty()) return {};
    const auto needed = csv::read_whole(row[4]);
    if (!needed) return fmt::format("'{}' is no number of operators (column needed)", shown(row[4]));
    shift.needed = *needed;
    return {};
  }

  std::string read_people(const std::string& logins, std::set<PersonId>& people) const {
    constexpr const char* kBetween = " \t\r\n,;";
    for (std::size_t end = 0, from = 0; (from = logins.find_first_not_of(kBetween, end)) != std::string::npos;) {
      end = std::min(logins.find_first_of(kBetween, from), logins.size());
      const auto login = logins.substr(from, end - from);
      const auto found = people_.find(login);
      if (found == people_.end()) return "nobody has the login '" + shown(login) + "'";
      if (found->second->disabled) return login + " may not sign in";
      if (!people::takes_calls(found->second->role)) return login + " takes no calls";
      if (!people.insert(found->second->person).second) return login + " stands here twice";
    }
    return {};
  }

  /// The core's reason, with names for its numbers.
  std::string told(const Refusal& refusal, const rosters::Shift& planned) const {
    for (const auto& [login, card] : people_) {
      if (refusal.code != "overlap" || !planned.people.contains(card->person)) continue;
      for (const auto id : book_.of(card->person)) {
        const auto& other = book_.shifts.at(id);
        if (!rosters::overlap(planned, other)) continue;
        const auto line = in_line_.find(id);
        return login + (line != in_line_.end() ? fmt::format(" is in the shift of line {} then", line->second)
                                               : " is in another shift of " + other.station.value + " then");
      }
    }
    return refusal.field + (refusal.field.empty() ? "" : ": ") + refusal.message;
  }

  Instant now_;
  std::map<StationCode, std::string> zones_;
  std::map<std::string, const core::PersonCard*> people_;
  rosters::State book_;
  std::map<ShiftId, std::int64_t> in_line_;
  std::map<Content, std::int64_t> lines_;  ///< 0: not of this file
  std::int64_t next_ = 1;
};

}  // namespace

ShiftsFile read_shifts(std::string text, const std::string& name, const core::Update& picture, Instant now) {
  ShiftsFile file;
  Planner planner(picture, now);
  csv::Reader rows(std::move(text), kColumns);
  while (const auto row = rows.next()) {
    const auto wrong = row->wrong.empty() ? planner.take(row->line, row->cells, file) : row->wrong;
    if (!wrong.empty()) file.mistakes.push_back(fmt::format("{}:{}: {}", name, row->line, wrong));
  }
  if (file.mistakes.empty() && file.fresh.empty() && file.standing.empty())
    file.mistakes.push_back(name + ": it has no shift");
  return file;
}

}  // namespace sigap::shifts_file
