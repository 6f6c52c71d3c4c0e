#include "runtime/followers/historian.h"

#include "base/land_clock.h"
#include "base/overloaded.h"
#include "codec/describe_domain.h"

namespace sigap::runtime {
namespace {

using figures::AlertResult;
using figures::CallResult;
using figures::TableId;
using figures::WorkKind;

/// As the journal writes it.
template <class Enum>
std::string written(Enum value) {
  for (const auto& label : described_labels(static_cast<const Enum*>(nullptr)))
    if (label.value == static_cast<std::int64_t>(value)) return label.text;
  return {};
}

template <class T>
void once(std::optional<T>& what, T value) {
  if (!what) what = value;
}

std::optional<figures::Cell> cell_of(const std::optional<GeoPoint>& point) {
  return point ? std::optional(figures::cell_of(*point)) : std::nullopt;
}
std::optional<figures::Cell> cell_of(const Personal<calls::Whereabouts>& where) {
  return where.value ? cell_of(where.value->point) : std::nullopt;
}
std::optional<figures::Cell> cell_of(const Personal<incidents::Place>& place) {
  return place.value ? cell_of(place.value->point) : std::nullopt;
}

void leave(figures::CallFact& call, Instant at) {
  if (call.taken) call.handled = call.handled + (at - *call.taken);
  call.taken.reset();
}

void wait_is_over(figures::CallFact& call, CallResult result) {
  if (call.result == CallResult::waiting) call.result = result;
}

AlertResult result_of(dispatch::AlertEnd how) {
  switch (how) {
    case dispatch::AlertEnd::expired:
    case dispatch::AlertEnd::off_duty:
      return AlertResult::missed;
    case dispatch::AlertEnd::declined:
      return AlertResult::declined;
    case dispatch::AlertEnd::cancelled:
    case dispatch::AlertEnd::incident_closed:
      return AlertResult::called_off;
  }
  return AlertResult::missed;
}

}  // namespace

Result<bool> Historian::load(ports::HistoryStore& store) {
  *this = {};
  const auto each = [&](TableId table, const auto& take) -> Result<bool> {
    auto rows = store.live(table);
    if (!rows) return tl::unexpected(rows.error());
    for (const auto& row : *rows) take(row);
    return true;
  };
  auto done = each(TableId::stations, [&](const auto& row) {
    auto fact = figures::station_of(row);
    stations_[fact.station] = std::move(fact);
  });
  if (done)
    done = each(TableId::people, [&](const auto& row) {
      auto fact = figures::person_of(row);
      people_[fact.person] = std::move(fact);
    });
  if (done)
    done = each(TableId::calls, [&](const auto& row) {
      auto fact = figures::call_of(row);
      calls_.open[fact.call] = std::move(fact);
    });
  if (done)
    done = each(TableId::incidents, [&](const auto& row) {
      auto fact = figures::incident_of(row);
      incidents_.open[fact.incident] = std::move(fact);
    });
  if (done)
    done = each(TableId::alerts, [&](const auto& row) {
      auto fact = figures::alert_of(row);
      alerts_.open[fact.alert] = std::move(fact);
    });
  if (done)
    done = each(TableId::work, [&](const auto& row) {
      auto fact = figures::work_of(row);
      working_[fact.person] = fact.from;
      work_.open[{fact.person, fact.from}] = std::move(fact);
    });
  return done;
}

ports::HistoryChanges Historian::changes_of(const std::vector<core::Event>& events) {
  tally_ = {};
  changes_ = {};
  for (const auto& event : events) take(event);
  const auto rows = [&](TableId table) -> auto& {
    return changes_.rows[static_cast<std::size_t>(table)];
  };
  for (const auto& code : std::exchange(new_stations_, {}))
    rows(TableId::stations).push_back(row_of(stations_.at(code)));
  for (const auto person : std::exchange(new_people_, {})) rows(TableId::people).push_back(row_of(people_.at(person)));
  finish(calls_, TableId::calls, [](const figures::CallFact& f) { return f.closed; });
  finish(incidents_, TableId::incidents, [](const figures::IncidentFact& f) { return f.archived; });
  finish(alerts_, TableId::alerts, [](const figures::AlertFact& f) { return f.over; });
  finish(work_, TableId::work, [](const figures::WorkFact& f) { return f.until.has_value(); });
  tally_.tidy();
  for (const auto& [key, counts] : tally_.by_hour) rows(TableId::hours).push_back(figures::row_of(key, counts));
  for (const auto& [key, counts] : tally_.days()) rows(TableId::days).push_back(figures::row_of(key, counts));
  for (const auto& [key, times] : tally_.by_day) rows(TableId::spreads).push_back(figures::row_of(key, times));
  return std::move(changes_);
}

template <class Id, class Fact, class Over>
void Historian::finish(Book<Id, Fact>& book, TableId table, const Over& over) {
  for (const auto& [id, before] : std::exchange(book.touched, {})) {
    const auto found = book.open.find(id);
    if (before && *before == found->second) continue;
    if (before) tally_.add(*before, -1);
    tally_.add(found->second);
    changes_.rows[static_cast<std::size_t>(table)].push_back(row_of(found->second));
    if (over(found->second)) book.open.erase(found);
  }
}

int Historian::hours_east_of(const StationCode& station) const {
  const auto found = stations_.find(station);
  const auto clock = found == stations_.end() ? std::nullopt : land_clock(found->second.zone);
  return clock ? clock->hours_east : 0;
}

/// From now on the person is in this state; nothing: neither ready nor on a call.
void Historian::work(PersonId person, std::optional<WorkKind> kind, Instant at) {
  if (const auto since = working_.find(person); since != working_.end()) {
    auto* now = work_.change({person, since->second});
    if (now && kind == now->kind) return;
    if (now && kind && now->from == at) return void(now->kind = *kind);
    if (now) now->until = at;
    working_.erase(since);
  }
  const auto known = people_.find(person);
  if (!kind || known == people_.end()) return;
  auto& next = work_.begin({person, at});
  const auto& station = known->second.station;
  next = {person, at, std::nullopt, station, hours_east_of(station), *kind};
  working_[person] = at;
}

void Historian::forget(const Records& records) {
  for (const auto id : records.calls) {
    changes_.forgotten_calls.push_back(id);
    if (auto* call = calls_.change(id)) {
      call->caller = {};
      call->cell.reset();
    }
  }
  for (const auto id : records.incidents) {
    changes_.forgotten_incidents.push_back(id);
    if (auto* incident = incidents_.change(id)) incident->cell.reset();
  }
}

void Historian::take(const core::Event& event) {
  const auto at = event.at;
  const auto with_call = [&](CallId id, const auto& act) {
    if (auto* call = calls_.change(id)) act(*call);
  };
  const auto placed = [&](PersonId person, const std::string& station) {
    people_[person] = {person, {station}};
    new_people_.insert(person);
  };
  visit_some(Overloaded{
                 [&](const stations::StationDefined& e) {
                   const auto& s = e.station;
                   stations_[s.code] = {s.code, s.name, written(s.level), s.parent, s.time_zone};
                   new_stations_.insert(s.code);
                 },
                 [&](const people::PersonAdded& e) { placed(e.person, e.station.value); },
                 [&](const people::PersonChanged& e) { placed(e.person, e.station.value); },
                 [&](const people::OperatorReady& e) { work(e.person, WorkKind::ready, at); },
                 [&](const people::OperatorNotReady& e) { work(e.person, std::nullopt, at); },
                 [&](const people::SessionEnded& e) { work(e.person, std::nullopt, at); },
                 [&](const calls::CallArrived& e) {
                   if (e.kind != calls::CallKind::emergency) return;
                   auto& call = calls_.begin(e.call);
                   call.call = e.call;
                   call.arrived = at;
                   call.caller = e.caller;
                   call.cell = cell_of(e.location);
                 },
                 [&](const calls::CallLocated& e) {
                   with_call(e.call, [&](auto& call) {
                     if (const auto cell = cell_of(e.location)) call.cell = cell;
                   });
                 },
                 [&](const calls::CallHomed& e) {
                   with_call(e.call, [&](auto& call) {
                     if (call.result != CallResult::waiting)
                       return void(call.transferred |= e.reason == calls::HomeReason::transferred);
                     call.station = e.station;
                     call.hours_east = hours_east_of(e.station);
                   });
                 },
                 [&](const calls::CallAdmitted& e) {
                   if (e.how == calls::Admission::refused)
                     with_call(e.call, [](auto& call) { wait_is_over(call, CallResult::refused); });
                 },
                 [&](const calls::CallUrgent& e) { with_call(e.call, [](auto& call) { call.urgent = true; }); },
                 [&](const calls::CallAccepted& e) {
                   with_call(e.call, [&](auto& call) {
                     if (call.result == CallResult::waiting) call.answered = at - call.arrived;
                     wait_is_over(call, CallResult::answered);
                     once(call.taken, at);
                   });
                   work(e.person, WorkKind::handling, at);
                 },
                 [&](const calls::CallConnected& e) {
                   with_call(e.call, [&](auto& call) { once(call.connected, at - call.arrived); });
                 },
                 [&](const calls::CallReturned& e) {
                   with_call(e.call, [&](auto& call) {
                     ++call.returns;
                     leave(call, at);
                   });
                 },
                 [&](const calls::CallRelayed& e) { with_call(e.call, [&](auto& call) { leave(call, at); }); },
                 [&](const calls::CallHandedOver& e) {
                   with_call(e.call, [&](auto& call) { once(call.taken, at); });
                   work(e.person, WorkKind::handling, at);
                 },
                 [&](const calls::GuestCame& e) {
                   if (e.person) work(e.person, WorkKind::handling, at);
                 },
                 [&](const calls::CallPlaced& e) { work(e.person, WorkKind::handling, at); },
                 [&](const calls::CallEnded& e) {
                   with_call(e.call, [&](auto& call) {
                     once(call.ended, at - call.arrived);
                     const bool caller = e.by == calls::CallEndedBy::caller;
                     call.short_ring = call.result == CallResult::waiting && caller && e.short_ring;
                     wait_is_over(call, caller ? CallResult::hung_up : CallResult::cut_off);
                     call.closed = call.result != CallResult::answered || (!call.outcome.empty() && !call.taken);
                   });
                 },
                 [&](const calls::OutcomeSet& e) {
                   with_call(e.call, [&](auto& call) {
                     leave(call, at);
                     call.outcome = written(e.outcome);
                     call.closed = call.ended.has_value();
                   });
                 },
                 [&](const calls::CallClosed& e) {
                   with_call(e.call, [&](auto& call) {
                     leave(call, at);
                     wait_is_over(call, CallResult::cut_off);
                     call.closed = true;
                   });
                 },
                 [&](const incidents::IncidentOpened& e) {
                   auto& incident = incidents_.begin(e.incident);
                   incident.incident = e.incident;
                   incident.opened = incident.began = at;
                   incident.call = e.call;
                   if (const auto* call = calls_.find(e.call)) incident.began = call->arrived;
                   incident.station = e.station;
                   incident.hours_east = hours_east_of(e.station);
                   incident.cell = cell_of(e.place);
                 },
                 [&](const incidents::IncidentEdited& e) {
                   auto* incident = incidents_.change(e.incident);
                   if (!incident) return;
                   if (e.incident_type) incident->incident_type = written(*e.incident_type);
                   if (e.priority) incident->priority = written(*e.priority);
                   if (e.place) incident->cell = cell_of(*e.place);
                 },
                 [&](const incidents::IncidentClosed& e) {
                   auto* incident = incidents_.change(e.incident);
                   if (!incident) return;
                   once(incident->closed, at - incident->opened);
                   incident->answer = written(e.answer);
                 },
                 [&](const incidents::IncidentArchived& e) {
                   if (auto* incident = incidents_.change(e.incident)) incident->archived = true;
                 },
                 [&](const dispatch::AlertRaised& e) {
                   auto* incident = incidents_.change(e.incident);
                   if (incident) once(incident->dispatched, at - incident->began);
                   auto& alert = alerts_.begin(e.alert);
                   alert.alert = e.alert;
                   alert.raised = at;
                   alert.incident = e.incident;
                   if (incident) alert.station = incident->station;
                   if (incident) alert.hours_east = incident->hours_east;
                   alert.unit = e.unit;
                   alert.step = e.step;
                 },
                 [&](const dispatch::AlertAdvanced& e) {
                   using dispatch::AlertStatus;
                   auto* alert = alerts_.change(e.alert);
                   if (!alert) return;
                   const auto since = at - alert->raised;
                   if (e.status >= AlertStatus::acknowledged && alert->result == AlertResult::open) {
                     alert->result = AlertResult::acknowledged;
                     alert->acknowledged = since;
                   }
                   if (e.status == AlertStatus::on_scene) {
                     once(alert->on_scene, since);
                     if (auto* incident = incidents_.change(e.incident)) once(incident->arrived, at - incident->began);
                   }
                   if (e.status != AlertStatus::done) return;
                   alert->done = since;
                   alert->over = true;
                 },
                 [&](const dispatch::AlertEnded& e) {
                   auto* alert = alerts_.change(e.alert);
                   if (!alert) return;
                   if (alert->result == AlertResult::open) alert->result = result_of(e.how);
                   alert->over = true;
                 },
                 [&](const privacy::RecordsForgotten& e) { forget(e.records); },
             },
             event.body);
}

}  // namespace sigap::runtime
