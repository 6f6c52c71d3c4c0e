// Units, their recommendation, and alerts that move on until somebody answers.
#include "core/decide/dispatch.h"

#include <algorithm>

#include "core/decide/event_alerts.h"
#include "core/decide/joining.h"
#include "core/decide/tasks.h"

namespace sigap::core {
namespace {

using dispatch::AlertEnd;
using dispatch::AlertStatus;

constexpr std::size_t kPicksMax = 3;

/// Free units of the incident's province, ranked; those in `without` are left out, and all but `only` when it is given.
std::vector<dispatch::Pick> rank_units(const Decider& d, IncidentId id, const std::set<PersonId>& without,
                                       std::size_t most, std::vector<dispatch::PickPosition>* used,
                                       PersonId only = {}) {
  const State& s = d.state;
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
    if (const auto it = d.positions.find(person); it != d.positions.end()) {
      spotted.located = true;
      spotted.point = it->second.point;
      spotted.age = d.now - it->second.at;
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
      if (const auto it = d.positions.find(pick.unit); it != d.positions.end())
        used->push_back({pick.unit, it->second.point});
  return picks;
}

void raise_alert(Decider& d, IncidentId incident, const dispatch::Pick& pick, PersonId by, std::int64_t step) {
  d.emit(dispatch::AlertRaised{
      {d.state.next.alert}, incident, pick.unit, by, step, pick.distance_m, d.now + d.policy.alert_lasts});
}

/// Units on duty that can be there soon, nearest first: whose help is asked for.
std::vector<PersonId> helpers_near(const Decider& d, PersonId asking) {
  constexpr std::int64_t kNear_m = 5'000;  // ten minutes on a bad road; own
  constexpr Duration kFresh = minutes(5);  // an older position says little; own
  constexpr std::size_t kHelpersMax = 10;  // more would be in each other's way; own
  const auto here = d.positions.find(asking);
  if (here == d.positions.end()) return {};
  std::vector<std::pair<std::int64_t, PersonId>> near;
  for (const auto& [person, position] : d.positions) {
    const auto away = distance_m(here->second.point, position.point);
    if (person != asking && d.state.dispatch.unit(person) && away <= kNear_m && d.now - position.at <= kFresh)
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
void next_link(Decider& d, IncidentId incident, std::int64_t step) {
  if (step < d.policy.chain_length_max) {
    const std::set<PersonId> none;
    const auto tried = d.state.dispatch.tried.find(incident);
    const auto picks =
        rank_units(d, incident, tried == d.state.dispatch.tried.end() ? none : tried->second, 1, nullptr);
    if (!picks.empty()) return raise_alert(d, incident, picks.front(), {}, step + 1);
  }
  d.emit(dispatch::ChainExhausted{incident});
  if (alarm_sounds(d.state, incident)) return;  // one alarm an incident, until somebody has taken it
  tasks::TaskOpened task;
  task.kind = tasks::TaskKind::unanswered_alarm;
  task.station = d.state.incidents.find(incident)->station;
  task.incident = incident;
  open_task(d, task);
}

}  // namespace

Verdict recommend_units(Decider& d, const RecommendUnits& c) {
  const auto* incident = d.state.incidents.find(c.incident);
  if (!incident || incident->closed) return no("closed", "this incident is closed", "incident");
  if (auto refusal = not_joined(d, *incident)) return refusal;
  std::vector<dispatch::PickPosition> used;
  // Whoever let an alert of it run out comes after those who were not asked, however near.
  const auto lapsed = d.state.dispatch.lapsed.find(c.incident);
  const auto asked = lapsed == d.state.dispatch.lapsed.end() ? std::set<PersonId>{} : lapsed->second;
  auto picks = rank_units(d, c.incident, asked, kPicksMax, &used);
  if (picks.size() < kPicksMax && !asked.empty()) {
    std::set<PersonId> without;
    for (const auto& pick : picks) without.insert(pick.unit);
    for (const auto& pick : rank_units(d, c.incident, without, kPicksMax - picks.size(), &used)) picks.push_back(pick);
  }
  d.emit(dispatch::UnitsRecommended{c.incident, std::move(picks), personal(c.incident, std::move(used))});
  return {};
}

Verdict dispatch_unit(Decider& d, const DispatchUnit& c) {
  const auto* incident = d.state.incidents.find(c.incident);
  if (!incident || incident->closed) return no("closed", "this incident is closed", "incident");
  if (auto refusal = not_joined(d, *incident)) return refusal;
  const auto* unit = d.state.dispatch.unit(c.unit);
  if (!unit) return no("off_duty", "this unit is not on duty", "unit");
  if (unit->alert) return no("busy", "this unit is on another alert", "unit");
  dispatch::Pick pick;
  pick.unit = c.unit;
  for (const auto& ranked : rank_units(d, c.incident, {}, 1, nullptr, c.unit)) pick = ranked;
  if (const auto* running = unanswered_alert(d.state, c.incident))
    d.emit(dispatch::AlertEnded{running->id, c.incident, running->unit, AlertEnd::cancelled});
  raise_alert(d, c.incident, pick, d.actor.person, 1);
  attended(d, c.incident);
  return {};
}

Verdict cancel_alert(Decider& d, const CancelAlert& c) {
  const auto* alert = d.state.dispatch.alert(c.alert);
  if (!alert) return no("gone", "this alert is over", "alert");
  d.emit(dispatch::AlertEnded{alert->id, alert->incident, alert->unit, AlertEnd::cancelled});
  return {};
}

Verdict advance_alert(Decider& d, const AdvanceAlert& c) {
  const auto* alert = d.state.dispatch.alert(c.alert);
  if (!alert) return no("gone", "this alert is over", "alert");
  if (c.status < AlertStatus::acknowledged) return no("invalid", "set by the phone itself", "status");
  if (c.status <= alert->status) return no("not_forward", "the alert is there already", "status");
  const bool client = std::holds_alternative<ApiClient>(d.asker);
  const auto via = client                          ? dispatch::Via::client
                   : alert->unit == d.actor.person ? dispatch::Via::app
                                                   : dispatch::Via::radio;
  const auto incident = alert->incident;
  d.emit(dispatch::AlertAdvanced{alert->id, incident, alert->unit, c.status, via, d.actor.person});
  alarms_over(d, incident);
  return {};
}

Verdict decline_alert(Decider& d, const DeclineAlert& c) {
  const auto* found = d.state.dispatch.alert(c.alert);
  if (!found) return no("gone", "this alert is over", "alert");
  if (found->unit != d.actor.person && !std::holds_alternative<ApiClient>(d.asker))
    return no("not_allowed", "another unit's alert", "alert");
  if (found->status >= AlertStatus::acknowledged) return no("busy", "finish the assignment first", "alert");
  const auto alert = *found;
  d.emit(dispatch::AlertEnded{alert.id, alert.incident, alert.unit, AlertEnd::declined});
  next_link(d, alert.incident, alert.step);
  return {};
}

Verdict go_on_duty(Decider& d) {
  if (!d.state.dispatch.unit(d.actor.person)) d.emit(dispatch::UnitOnDuty{d.actor.person});
  return {};
}

Verdict go_off_duty(Decider& d) {
  const auto* unit = d.state.dispatch.unit(d.actor.person);
  if (!unit) return {};
  const auto* alert = d.state.dispatch.alert(unit->alert);
  if (alert && alert->status >= AlertStatus::acknowledged) return no("busy", "finish the assignment first");
  leave_duty(d, d.actor.person);
  return {};
}

void leave_duty(Decider& d, PersonId person) {
  const auto* live = d.state.dispatch.alert(d.state.dispatch.unit(person)->alert);
  const auto alert = live ? std::optional(*live) : std::nullopt;
  if (alert) d.emit(dispatch::AlertEnded{alert->id, alert->incident, person, AlertEnd::off_duty});
  d.emit(dispatch::UnitOffDuty{person});
  if (alert) next_link(d, alert->incident, alert->step);
}

Verdict request_help(Decider& d) {
  const auto* unit = d.state.dispatch.unit(d.actor.person);
  if (!unit) return no("off_duty", "only on duty");
  for (const auto& [id, task] : d.state.tasks.tasks)
    if (task.kind == tasks::TaskKind::officer_help && task.unit == d.actor.person) return {};  // stands already
  Personal<GeoPoint> position{subject_of(d.actor.person), std::nullopt};
  if (const auto it = d.positions.find(d.actor.person); it != d.positions.end()) position.value = it->second.point;
  const auto* alert = d.state.dispatch.alert(unit->alert);
  d.emit(dispatch::HelpRequested{d.actor.person, unit->alert, position});
  tasks::TaskOpened task;
  task.kind = tasks::TaskKind::officer_help;
  task.station = d.state.people.person(d.actor.person)->station;
  task.unit = d.actor.person;
  if (alert) task.incident = alert->incident;
  task.place = position;
  task.helpers = helpers_near(d, d.actor.person);
  open_task(d, task);
  return {};
}

void alert_expired(Decider& d, AlertId id) {
  const auto alert = *d.state.dispatch.alert(id);
  d.emit(dispatch::AlertEnded{id, alert.incident, alert.unit, AlertEnd::expired});
  next_link(d, alert.incident, alert.step);
}

}  // namespace sigap::core
