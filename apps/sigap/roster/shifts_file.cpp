#include "sigap/roster/shifts_file.h"

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <sstream>
#include <tuple>

#include "base/rfc3339.h"
#include "domain/people/roster.h"
#include "domain/rosters/shift_book.h"
#include "sigap/staffing/calls_file.h"
#include "sigap/staffing/study.h"

namespace sigap::cli::roster {
namespace {

constexpr const char* kColumns = "station,from,until,people,needed";

/// What makes two shifts the same one.
using Content = std::tuple<StationCode, Instant, Instant, std::set<PersonId>, std::int64_t>;

/// "2026-12-01T07:00" of a clock so far east of UTC.
std::optional<Instant> read_local(const std::string& text, int hours_east) {
  constexpr std::size_t kLength = 16;
  const auto as_utc = text.size() == kLength ? read_rfc3339(text + ":00Z") : std::nullopt;
  return as_utc ? std::optional(*as_utc - hours(hours_east)) : std::nullopt;
}

class Reader {
 public:
  Reader(const core::Update& picture, Instant now) : now_(now) {
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
    if (row.size() != 5) return fmt::format("5 columns are needed ({}), here are {}", kColumns, row.size());
    shift.station = {row[0]};
    const auto zone = zones_.find(shift.station);
    if (zone == zones_.end()) return "there is no station '" + row[0] + "'";
    const auto clock = staffing::clock_of(zone->second);
    if (!clock) return fmt::format("{} keeps a clock that is not known here: '{}'", row[0], zone->second);
    for (const auto& [text, at] : {std::pair{&row[1], &shift.from}, std::pair{&row[2], &shift.until}}) {
      const auto read = read_local(*text, clock->hours_east);
      if (!read) return fmt::format("'{}' is no time as in 2026-12-01T07:00, of the station's own clock", *text);
      *at = *read;
    }
    if (auto wrong = read_people(row[3], shift.people); !wrong.empty()) return wrong;
    if (row[4].empty()) return {};
    const auto [end, error] = std::from_chars(row[4].data(), row[4].data() + row[4].size(), shift.needed);
    if (error != std::errc{} || end != row[4].data() + row[4].size())
      return fmt::format("'{}' is no number of operators", row[4]);
    return {};
  }

  std::string read_people(const std::string& logins, std::set<PersonId>& people) const {
    std::istringstream in(logins);
    for (std::string login; in >> login;) {
      const auto found = people_.find(login);
      if (found == people_.end()) return "nobody has the login '" + login + "'";
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
  rosters::ShiftBook book_;
  std::map<ShiftId, std::int64_t> in_line_;
  std::map<Content, std::int64_t> lines_;  ///< 0: not of this file
  std::int64_t next_ = 1;
};

}  // namespace

ShiftsFile read_shifts(std::istream& in, const std::string& name, const core::Update& picture, Instant now) {
  ShiftsFile file;
  Reader reader(picture, now);
  std::string line;
  for (std::int64_t number = 1; std::getline(in, line); ++number) {
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);  // a spreadsheet's byte order mark
    const auto row = staffing::cells(line, line.find(';') != std::string::npos ? ';' : ',');
    if (number == 1) {
      if (fmt::format("{}", fmt::join(row, ",")) == kColumns) continue;
      file.mistakes.push_back(fmt::format("{}:1: the first line must name the columns: {}", name, kColumns));
      return file;
    }
    if (row == std::vector<std::string>{""}) continue;
    if (const auto wrong = reader.take(number, row, file); !wrong.empty())
      file.mistakes.push_back(fmt::format("{}:{}: {}", name, number, wrong));
  }
  if (in.bad()) file.mistakes.push_back(name + ": cannot be read to its end");
  if (file.mistakes.empty() && file.fresh.empty() && file.standing.empty())
    file.mistakes.push_back(name + ": it has no shift");
  return file;
}

}  // namespace sigap::cli::roster
