#include "sim/faults.h"

#include <algorithm>
#include <set>

namespace sigap::sim {

void Faults::begin() {
  for (const auto& [fault, mean] : stage_.scenario.faults) next(fault, mean);
  for (const auto& outage : stage_.scenario.outages)
    stage_.after(outage.from, [this, &outage] {
      lasts(outage.lasts, [this, &outage](bool on) {
        desks_.cut(outage.where, on);
        if (!outage.trunk) return;
        for (const auto& station : stage_.scenario.stations)
          if (station.code == outage.where.code || station.parent == outage.where.code)
            hands_.cut_trunk(station.code, on);
      });
    });
  for (const auto& gap : stage_.scenario.gaps)
    stage_.after(gap.from, [this, &gap] { lasts(gap.lasts, [this, &gap](bool on) { desks_.away(gap.where, on); }); });
}

void Faults::next(Fault fault, Duration mean) {
  auto& random = fault == Fault::starved ? stage_.slowness : fault == Fault::forgets ? stage_.retention : stage_.random;
  stage_.after(random.exponential(mean), [this, fault, mean] {
    if (stage_.healing || stage_.elapsed() >= stage_.scenario.lasts) return;
    ++stage_.counts[std::string("fault.") + name_of(fault)];
    strike(fault);
    next(fault, mean);
  });
}

void Faults::lasts(Duration time, const std::function<void(bool)>& set) {
  set(true);
  stage_.after(time, [set] { set(false); });
}

StationCode Faults::some_station(stations::StationLevel level) {
  std::vector<StationCode> all;
  for (const auto& station : stage_.scenario.stations)
    if (station.level == level) all.push_back(station.code);
  return all[static_cast<std::size_t>(stage_.random.below(static_cast<std::int64_t>(all.size())))];
}

void Faults::strike(Fault fault) {
  if (fault == Fault::starved)
    return lasts(stage_.slowness.between(seconds(10), seconds(60)),
                 [this](bool on) { stage_.starve(on && !stage_.healing); });
  if (fault == Fault::forgets) return retention_is_over();
  auto& random = stage_.random;
  const auto a_while = random.between(seconds(5), seconds(60));
  switch (fault) {
    case Fault::crash_before_append:
      return stage_.server.crash(false, random.between(seconds(1), seconds(6)));
    case Fault::crash_after_append:
      return stage_.server.crash(true, random.between(seconds(1), seconds(6)));
    case Fault::disk_full:
      return lasts(random.between(seconds(1), seconds(20)),
                   [this](bool on) { stage_.server.disk_full(on && !stage_.healing); });
    case Fault::clock_jump:
      return stage_.server.set_clock({random.below(hours(4).ms) - hours(2).ms});
    case Fault::slow:
      return lasts(a_while, [this](bool on) { stage_.server.commit_takes(on ? seconds(2) : milliseconds(1)); });
    case Fault::late:
      return lasts(a_while, [this](bool on) { stage_.late = on ? 20 : 0; });
    case Fault::doubled:
      return lasts(a_while, [this](bool on) { stage_.doubled = on ? 20 : 0; });
    case Fault::lost:
      return lasts(a_while, [this](bool on) { stage_.lost = on ? 20 : 0; });
    case Fault::browser_dies: {
      const auto& people = desks_.people();
      if (people.empty()) return;
      return desks_.browser_dies(
          people[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(people.size())))]);
    }
    case Fault::media_dies:
      return hands_.media_dies();
    case Fault::media_fails:
      return lasts(a_while, [this](bool on) { hands_.media_fails(on ? 40 : 0); });
    case Fault::trunk_flaps: {
      const auto station = some_station(stations::StationLevel::polres);
      return lasts(a_while, [this, station](bool on) { hands_.cut_trunk(station, on); });
    }
    case Fault::province_cut: {
      const Where where{some_station(stations::StationLevel::polda)};
      return lasts(a_while, [this, where](bool on) { desks_.cut(where, on); });
    }
    case Fault::starved:
    case Fault::forgets:
      return;  // above: it takes nothing from the chances of others
  }
}

/// A supervisor keeps a call as evidence: one of those that are about to be called old.
void Faults::hold_one() {
  const auto& s = stage_.server.state();
  for (const auto& [id, person] : s.people.people) {
    const auto* session = person.role == people::Role::supervisor ? s.people.session_of(id) : nullptr;
    if (!session || s.next.call < 2) continue;
    core::KnownCall known;
    known.call = {std::max<std::int64_t>(1, s.next.call - 1 - stage_.retention.below(8))};
    known.station = person.station;
    known.records.calls = {known.call};
    core::PlaceHold hold{known.call, "penyidikan berjalan"};
    (void)stage_.server.deliver(
        core::CommandAsked{core::SignedIn{session->id}, std::move(hold), "", "", {}, std::move(known)});
    return;
  }
}

/// As the record index would say of what nothing has happened to for long; but of anything, and again of what is gone.
void Faults::retention_is_over() {
  if (!stage_.server.up()) return;
  const auto& next = stage_.server.state().next;
  const auto some = [&](std::int64_t end, auto& ids) {
    constexpr std::int64_t kLast = 40, kMost = 8;
    std::set<std::int64_t> picked;
    for (auto i = stage_.retention.below(kMost); i > 0 && end > 1; --i)
      picked.insert(std::max<std::int64_t>(1, end - 1 - stage_.retention.below(kLast)));
    for (const auto id : picked) ids.push_back({id});
  };
  core::RetentionOver over;
  some(next.call, over.records.calls);
  some(next.incident, over.records.incidents);
  some(next.task, over.records.tasks);
  std::vector<CaseId> complaints;
  if (const auto& cases = stage_.server.state().cases) some(cases->next, complaints);
  over.records.set_complaints(std::move(complaints));
  (void)stage_.server.deliver(core::RecordingsOver{over.records.calls});
  (void)stage_.server.deliver(std::move(over));
  if (stage_.retention.chance(30)) hold_one();
}

void Faults::heal() {
  stage_.server.disk_full(false);
  stage_.server.commit_takes(milliseconds(1));
  stage_.late = stage_.doubled = stage_.lost = 0;
  stage_.starve(false);
  hands_.media_fails(0);
  for (const auto& station : stage_.scenario.stations) hands_.cut_trunk(station.code, false);
  desks_.cut({}, false);
  desks_.away({}, false);
}

}  // namespace sigap::sim
