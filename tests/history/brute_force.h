// Every figure once more, straight from the journal's events and in another way than src/figures: whole passes over all
// events for each figure, lists of durations instead of sums, no state that is carried on.
#pragma once
#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "base/overloaded.h"
#include "core/event.h"
#include "figures/tally.h"

namespace sigap::brute_force {

struct Told {
  StationCode station;
  LocalHour hour;
};

struct Answer {
  std::map<StationCode, figures::Counts> counts;
  std::map<std::pair<std::int64_t, std::int64_t>, figures::Counts> by_hour;  ///< day, hour: of all stations
  std::map<StationCode, std::array<std::vector<Duration>, figures::kMeasures>> durations;
};

/// The events of one kind, with their moments.
template <class Kind>
std::vector<std::pair<Instant, const Kind*>> all_of(const std::vector<core::Event>& events) {
  std::vector<std::pair<Instant, const Kind*>> found;
  for (const auto& event : events)
    if (const auto* body = std::get_if<Kind>(&event.body)) found.emplace_back(event.at, body);
  return found;
}

class Calculation {
 public:
  explicit Calculation(const std::vector<core::Event>& events) : events_(events) {
    for (const auto& [at, e] : all_of<stations::StationDefined>(events)) zones_[e->station.code] = e->station.time_zone;
    calls();
    incidents();
    alerts();
    work();
  }
  Answer answer;

 private:
  using Count = figures::Count;
  using Measure = figures::Measure;

  Told told(const StationCode& station, Instant at) const {
    static const std::map<std::string, int> kEast = {
        {"Asia/Jakarta", 7}, {"Asia/Pontianak", 7}, {"Asia/Makassar", 8}, {"Asia/Jayapura", 9}};
    const auto zone = zones_.find(station);
    const auto east = zone == zones_.end() ? kEast.end() : kEast.find(zone->second);
    const auto hours_since = (at.ms + (east == kEast.end() ? 0 : east->second) * 3'600'000) / 3'600'000;
    return {station, {hours_since / 24, hours_since % 24}};
  }
  void count(const Told& where, Count what, std::int64_t times = 1) {
    answer.counts[where.station][static_cast<std::size_t>(what)] += times;
    answer.by_hour[{where.hour.day, where.hour.hour}][static_cast<std::size_t>(what)] += times;
  }
  void lasted(const Told& where, Measure what, Duration how_long) {
    answer.durations[where.station][static_cast<std::size_t>(what)].push_back(how_long);
  }
  /// The first event of a kind about a call.
  template <class Kind>
  const core::Event* first_of(CallId call) const {
    for (const auto* event : of_call_.at(call))
      if (std::holds_alternative<Kind>(event->body)) return event;
    return nullptr;
  }

  void calls() {
    for (const auto& event : events_)
      visit_some(
          Overloaded{
              [&](const OneOf<calls::CallArrived, calls::CallHomed, calls::CallAdmitted, calls::CallAccepted,
                              calls::CallReturned, calls::CallRelayed, calls::CallHandedOver, calls::CallEnded,
                              calls::OutcomeSet, calls::CallClosed> auto& e) { of_call_[e.call].push_back(&event); },
          },
          event.body);
    for (const auto& [at, arrived] : all_of<calls::CallArrived>(events_))
      if (arrived->kind == calls::CallKind::emergency) call(arrived->call, at);
  }

  void call(CallId id, Instant arrived) {
    // The first that ends the waiting, and the last home before it.
    const core::Event* over = nullptr;
    StationCode home;
    bool transferred = false;
    for (const auto* event : of_call_.at(id)) {
      const auto* homed = std::get_if<calls::CallHomed>(&event->body);
      if (homed && !over) home = homed->station;
      if (homed && over) transferred |= homed->reason == calls::HomeReason::transferred;
      const auto* admitted = std::get_if<calls::CallAdmitted>(&event->body);
      const bool ends = std::holds_alternative<calls::CallAccepted>(event->body) ||
                        std::holds_alternative<calls::CallEnded>(event->body) ||
                        std::holds_alternative<calls::CallClosed>(event->body) ||
                        (admitted && admitted->how == calls::Admission::refused);
      if (ends && !over) over = event;
    }
    if (!over) return;
    const auto where = told(home, arrived);
    const auto waited = over->at - arrived;
    count(where, Count::offered);
    if (transferred) count(where, Count::transferred);
    if (std::holds_alternative<calls::CallAccepted>(over->body)) {
      count(where, Count::answered);
      if (waited.ms <= 5'000) count(where, Count::within_5);
      if (waited.ms <= 10'000) count(where, Count::within_10);
      if (waited.ms <= 20'000) count(where, Count::within_20);
      lasted(where, Measure::answer, waited);
    } else if (std::holds_alternative<calls::CallAdmitted>(over->body)) {
      count(where, Count::refused);
    } else if (const auto* ended = std::get_if<calls::CallEnded>(&over->body);
               ended && ended->by == calls::CallEndedBy::caller) {
      count(where, Count::hung_up);
      if (ended->short_ring) count(where, Count::short_rings);
    } else {
      count(where, Count::cut_off);
    }
    if (first_of<calls::OutcomeSet>(id)) lasted(where, Measure::handling, handled(id));
  }

  Duration handled(CallId id) const {
    Duration sum;
    std::optional<Instant> since;
    for (const auto* event : of_call_.at(id)) {
      const bool begins = std::holds_alternative<calls::CallAccepted>(event->body) ||
                          std::holds_alternative<calls::CallHandedOver>(event->body);
      const bool ends = std::holds_alternative<calls::CallReturned>(event->body) ||
                        std::holds_alternative<calls::CallRelayed>(event->body) ||
                        std::holds_alternative<calls::OutcomeSet>(event->body);
      if (begins && !since) since = event->at;
      if (!ends || !since) continue;
      sum = sum + (event->at - *since);
      since.reset();
    }
    return sum;
  }

  struct Begun {
    Told where;
    Instant began;
  };

  void incidents() {
    for (const auto& [at, opened] : all_of<incidents::IncidentOpened>(events_)) {
      auto began = at;
      for (const auto& [when, arrived] : all_of<calls::CallArrived>(events_))
        if (opened->call && arrived->call == opened->call && arrived->kind == calls::CallKind::emergency) began = when;
      begun_[opened->incident] = {told(opened->station, at), began};
      count(told(opened->station, at), Count::incidents);
    }
    std::set<IncidentId> dispatched, there;
    for (const auto& event : events_) {
      if (const auto* raised = std::get_if<dispatch::AlertRaised>(&event.body);
          raised && begun_.contains(raised->incident) && dispatched.insert(raised->incident).second) {
        const auto& of = begun_.at(raised->incident);
        count(of.where, Count::dispatched);
        lasted(of.where, Measure::dispatch, event.at - of.began);
      }
      if (const auto* moved = std::get_if<dispatch::AlertAdvanced>(&event.body);
          moved && moved->status == dispatch::AlertStatus::on_scene && begun_.contains(moved->incident) &&
          there.insert(moved->incident).second) {
        const auto& of = begun_.at(moved->incident);
        count(of.where, Count::arrived);
        lasted(of.where, Measure::arrival, event.at - of.began);
      }
    }
  }

  void alerts() {
    for (const auto& [at, raised] : all_of<dispatch::AlertRaised>(events_)) {
      const auto where = told(begun_.at(raised->incident).where.station, at);
      for (const auto& event : events_) {
        const auto* moved = std::get_if<dispatch::AlertAdvanced>(&event.body);
        const auto* ended = std::get_if<dispatch::AlertEnded>(&event.body);
        if (moved && moved->alert == raised->alert && moved->status >= dispatch::AlertStatus::acknowledged) {
          count(where, Count::alerts);
          count(where, Count::acknowledged);
          lasted(where, Measure::acknowledgement, event.at - at);
          break;
        }
        if (!ended || ended->alert != raised->alert) continue;
        if (ended->how == dispatch::AlertEnd::expired || ended->how == dispatch::AlertEnd::declined ||
            ended->how == dispatch::AlertEnd::off_duty) {
          count(where, Count::alerts);
          count(where, Count::missed);
        }
        break;
      }
    }
  }

  void work() {
    enum class Is { nothing, ready, handling };
    struct Since {
      Instant at;
      Is is;
      StationCode station;
    };
    std::map<PersonId, StationCode> stations;
    std::map<PersonId, std::vector<Since>> lives;
    for (const auto& event : events_) {
      const auto is = [&](PersonId person, Is now) {
        if (!person || !stations.contains(person)) return;
        auto& life = lives[person];
        if (!life.empty() && life.back().is == now) return;
        life.push_back({event.at, now, stations.at(person)});
      };
      visit_some(
          Overloaded{
              [&](const OneOf<people::PersonAdded, people::PersonChanged> auto& e) { stations[e.person] = e.station; },
              [&](const people::OperatorReady& e) { is(e.person, Is::ready); },
              [&](const OneOf<people::OperatorNotReady, people::SessionEnded> auto& e) { is(e.person, Is::nothing); },
              [&](const OneOf<calls::CallAccepted, calls::CallHandedOver, calls::CallPlaced, calls::GuestCame> auto&
                      e) { is(e.person, Is::handling); }},
          event.body);
    }
    for (const auto& [person, life] : lives)
      for (std::size_t i = 0; i + 1 < life.size(); ++i) {
        if (life[i].is == Is::nothing) continue;
        const auto what = life[i].is == Is::ready ? Count::ready_ms : Count::handling_ms;
        const auto from = life[i].at.ms, until = life[i + 1].at.ms;
        for (auto hour = from / 3'600'000; hour * 3'600'000 < until; ++hour) {
          const auto part = std::min(until, (hour + 1) * 3'600'000) - std::max(from, hour * 3'600'000);
          if (part > 0) count(told(life[i].station, {std::max(from, hour * 3'600'000)}), what, part);
        }
      }
  }

  const std::vector<core::Event>& events_;
  std::map<StationCode, std::string> zones_;
  std::map<CallId, std::vector<const core::Event*>> of_call_;
  std::map<IncidentId, Begun> begun_;
};

/// The shortest that at least so many of 100 are not longer than, by sorting.
inline std::optional<std::int64_t> percentile_s(std::vector<Duration> all, std::int64_t percent) {
  if (all.empty()) return std::nullopt;
  std::ranges::sort(all);
  for (std::size_t i = 0; i < all.size(); ++i)
    if ((static_cast<std::int64_t>(i) + 1) * 100 >= static_cast<std::int64_t>(all.size()) * percent)
      return figures::rounded_s(all[i]);
  return figures::rounded_s(all.back());
}

}  // namespace sigap::brute_force
