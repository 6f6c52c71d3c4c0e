// Units, their recommendation, and alerts that move on until somebody answers.
#include <algorithm>

#include "core/event_alerts.h"
#include "core/turn.h"

namespace sigap::core {
namespace {

using dispatch::AlertEnd;
using dispatch::AlertStatus;

constexpr std::size_t kPicksMax = 3;

/// Free units of the incident's province, ranked; those in `without` are left out, and all but `only` when it is given.
std::vector<dispatch::Pick> rank_units(const Turn& t, IncidentId id, const std::set<PersonId>& without,
                                       std::size_t most, std::vector<dispatch::PickPosition>* used,
                                       PersonId only = {}) {
  const State& s = t.state;
  const auto& incident = *s.incidents.find(id);
  const auto* place = incident.place.reveal();
  const bool placed = place && place->point;
  const auto* home = s.stations.find(incident.station);
  const auto& province = s.stations.province_of(incident.station);
  std::vector<dispatch::Spotted> free_units;
  const stations::Station* station = nullptr;  // units stand together by station: most have that of the one before
  std::int64_t to_station_m = 0;
  const auto consider = [&](PersonId person) {
    if (without.contains(person)) return;
    dispatch::Spotted spotted{person, false, {}, {}, 0};
    if (const auto it = t.positions.find(person); it != t.positions.end()) {
      spotted.located = true;
      spotted.point = it->second.point;
      spotted.age = t.now - it->second.at;
    }
    if (!placed || !dispatch::has_fresh_position(spotted)) {
      const auto& station_code = s.people.person(person)->station;
      if (!station || station->code != station_code) {
        station = s.stations.find(station_code);
        to_station_m = home && station ? distance_m(home->point, station->point) : 0;
      }
      spotted.to_station_m = to_station_m;
    }
    free_units.push_back(spotted);
  };
  const auto consider_all = [&](const UnitSet& units) {
    if (only && units.contains(only)) return consider(only);
    if (!only) std::for_each(units.begin(), units.end(), consider);
  };
  if (!province)  // an incident of the headquarters: everybody's
    for (const auto& [of, units] : s.indexes.free_units) consider_all(units);
  else if (const auto its = s.indexes.free_units.find(province); its != s.indexes.free_units.end())
    consider_all(its->second);
  auto picks = dispatch::recommend(free_units, placed, placed ? *place->point : GeoPoint{}, most);
  if (used)
    for (const auto& pick : picks)
      if (const auto it = t.positions.find(pick.unit); it != t.positions.end())
        used->push_back({pick.unit, it->second.point});
  return picks;
}

void raise_alert(Turn& t, IncidentId incident, const dispatch::Pick& pick, PersonId by, std::int64_t step) {
  t.emit(dispatch::AlertRaised{
      {t.state.next.alert}, incident, pick.unit, by, step, pick.distance_m, t.now + t.policy.alert_lasts});
}

/// Units on duty that can be there soon, nearest first: whose help is asked for.
std::vector<PersonId> helpers_near(const Turn& t, PersonId asking) {
  constexpr std::int64_t kNear_m = 5'000;  // ten minutes on a bad road; own
  constexpr Duration kFresh = minutes(5);  // an older position says little; own
  constexpr std::size_t kHelpersMax = 10;  // more would be in each other's way; own
  const auto here = t.positions.find(asking);
  if (here == t.positions.end()) return {};
  std::vector<std::pair<std::int64_t, PersonId>> near;
  for (const auto& [person, position] : t.positions) {
    const auto away = distance_m(here->second.point, position.point);
    if (person != asking && t.state.dispatch.unit(person) && away <= kNear_m && t.now - position.at <= kFresh)
      near.push_back({away, person});
  }
  std::sort(near.begin(), near.end());
  std::vector<PersonId> helpers;
  for (const auto& [away, person] : near)
    if (helpers.size() < kHelpersMax) helpers.push_back(person);
  return helpers;
}

/// Whether an alarm of this incident stands that nobody has taken.
bool alarm_sounds(const State& s, IncidentId incident) {
  const auto its = s.tasks.alarms.find(incident);
  if (its == s.tasks.alarms.end()) return false;
  return std::any_of(its->second.begin(), its->second.end(), [&](TaskId id) { return !s.tasks.find(id)->taken_by; });
}

/// The alert got no answer: the next unit, or an alarm that stays until a person takes it.
void next_link(Turn& t, IncidentId incident, std::int64_t step) {
  if (step < t.policy.chain_length_max) {
    const std::set<PersonId> none;
    const auto tried = t.state.dispatch.tried.find(incident);
    const auto picks =
        rank_units(t, incident, tried == t.state.dispatch.tried.end() ? none : tried->second, 1, nullptr);
    if (!picks.empty()) return raise_alert(t, incident, picks.front(), {}, step + 1);
  }
  t.emit(dispatch::ChainExhausted{incident});
  if (alarm_sounds(t.state, incident)) return;  // one alarm an incident, until somebody has taken it
  tasks::TaskOpened task;
  task.kind = tasks::TaskKind::unanswered_alarm;
  task.station = t.state.incidents.find(incident)->station;
  task.incident = incident;
  open_task(t, task);
}

}  // namespace

Verdict recommend_units(Turn& t, const RecommendUnits& c) {
  const auto* incident = t.state.incidents.find(c.incident);
  if (!incident || incident->closed) return no("closed", "this incident is closed", "incident");
  if (auto refusal = not_joined(t, *incident)) return refusal;
  std::vector<dispatch::PickPosition> used;
  // Whoever let an alert of it run out comes after those who were not asked, however near.
  const auto lapsed = t.state.dispatch.lapsed.find(c.incident);
  const auto asked = lapsed == t.state.dispatch.lapsed.end() ? std::set<PersonId>{} : lapsed->second;
  auto picks = rank_units(t, c.incident, asked, kPicksMax, &used);
  if (picks.size() < kPicksMax && !asked.empty()) {
    std::set<PersonId> without;
    for (const auto& pick : picks) without.insert(pick.unit);
    for (const auto& pick : rank_units(t, c.incident, without, kPicksMax - picks.size(), &used)) picks.push_back(pick);
  }
  t.emit(dispatch::UnitsRecommended{c.incident, std::move(picks), personal(c.incident, std::move(used))});
  return {};
}

Verdict dispatch_unit(Turn& t, const DispatchUnit& c) {
  const auto* incident = t.state.incidents.find(c.incident);
  if (!incident || incident->closed) return no("closed", "this incident is closed", "incident");
  if (auto refusal = not_joined(t, *incident)) return refusal;
  const auto* unit = t.state.dispatch.unit(c.unit);
  if (!unit) return no("off_duty", "this unit is not on duty", "unit");
  if (unit->alert) return no("busy", "this unit is on another alert", "unit");
  dispatch::Pick pick;
  pick.unit = c.unit;
  for (const auto& ranked : rank_units(t, c.incident, {}, 1, nullptr, c.unit)) pick = ranked;
  if (const auto* running = unanswered_alert(t.state, c.incident))
    t.emit(dispatch::AlertEnded{running->id, c.incident, running->unit, AlertEnd::cancelled});
  raise_alert(t, c.incident, pick, t.actor.person, 1);
  return {};
}

Verdict cancel_alert(Turn& t, const CancelAlert& c) {
  const auto* alert = t.state.dispatch.alert(c.alert);
  if (!alert) return no("gone", "this alert is over", "alert");
  t.emit(dispatch::AlertEnded{alert->id, alert->incident, alert->unit, AlertEnd::cancelled});
  return {};
}

Verdict advance_alert(Turn& t, const AdvanceAlert& c) {
  const auto* alert = t.state.dispatch.alert(c.alert);
  if (!alert) return no("gone", "this alert is over", "alert");
  if (c.status < AlertStatus::acknowledged) return no("invalid", "set by the phone itself", "status");
  if (c.status <= alert->status) return no("not_forward", "the alert is there already", "status");
  const auto via = alert->unit == t.actor.person ? dispatch::Via::app : dispatch::Via::radio;
  const auto incident = alert->incident;
  t.emit(dispatch::AlertAdvanced{alert->id, incident, alert->unit, c.status, via, t.actor.person});
  alarms_over(t, incident);
  return {};
}

Verdict decline_alert(Turn& t, const DeclineAlert& c) {
  const auto* found = t.state.dispatch.alert(c.alert);
  if (!found) return no("gone", "this alert is over", "alert");
  if (found->unit != t.actor.person) return no("not_allowed", "another unit's alert", "alert");
  if (found->status >= AlertStatus::acknowledged) return no("busy", "finish the assignment first", "alert");
  const auto alert = *found;
  t.emit(dispatch::AlertEnded{alert.id, alert.incident, alert.unit, AlertEnd::declined});
  next_link(t, alert.incident, alert.step);
  return {};
}

Verdict go_on_duty(Turn& t) {
  if (!t.state.dispatch.unit(t.actor.person)) t.emit(dispatch::UnitOnDuty{t.actor.person});
  return {};
}

Verdict go_off_duty(Turn& t) {
  const auto* unit = t.state.dispatch.unit(t.actor.person);
  if (!unit) return {};
  const auto* alert = t.state.dispatch.alert(unit->alert);
  if (alert && alert->status >= AlertStatus::acknowledged) return no("busy", "finish the assignment first");
  leave_duty(t, t.actor.person);
  return {};
}

void leave_duty(Turn& t, PersonId person) {
  const auto* live = t.state.dispatch.alert(t.state.dispatch.unit(person)->alert);
  const auto alert = live ? std::optional(*live) : std::nullopt;
  if (alert) t.emit(dispatch::AlertEnded{alert->id, alert->incident, person, AlertEnd::off_duty});
  t.emit(dispatch::UnitOffDuty{person});
  if (alert) next_link(t, alert->incident, alert->step);
}

Verdict request_help(Turn& t) {
  const auto* unit = t.state.dispatch.unit(t.actor.person);
  if (!unit) return no("off_duty", "only on duty");
  for (const auto& [id, task] : t.state.tasks.tasks)
    if (task.kind == tasks::TaskKind::officer_help && task.unit == t.actor.person) return {};  // stands already
  Personal<GeoPoint> position{subject_of(t.actor.person), std::nullopt};
  if (const auto it = t.positions.find(t.actor.person); it != t.positions.end()) position.value = it->second.point;
  const auto* alert = t.state.dispatch.alert(unit->alert);
  t.emit(dispatch::HelpRequested{t.actor.person, unit->alert, position});
  tasks::TaskOpened task;
  task.kind = tasks::TaskKind::officer_help;
  task.station = t.state.people.person(t.actor.person)->station;
  task.unit = t.actor.person;
  if (alert) task.incident = alert->incident;
  task.place = position;
  task.helpers = helpers_near(t, t.actor.person);
  open_task(t, task);
  return {};
}

void alert_expired(Turn& t, AlertId id) {
  const auto alert = *t.state.dispatch.alert(id);
  t.emit(dispatch::AlertEnded{id, alert.incident, alert.unit, AlertEnd::expired});
  next_link(t, alert.incident, alert.step);
}

}  // namespace sigap::core
