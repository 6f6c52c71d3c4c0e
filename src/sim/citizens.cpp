#include "sim/citizens.h"

#include <algorithm>

#include "base/overloaded.h"
#include "ports/telephony.h"

namespace sigap::sim {
namespace {

constexpr std::int64_t kRateScale = 1'000'000'000'000;  ///< calls a millisecond are small numbers
constexpr std::int64_t kDay_ms = 86'400'000, kHour_ms = 3'600'000;
constexpr std::int64_t kTriesMax = 6;  ///< then even the patient stop calling again; own

bool holds(Duration from, Duration lasts, Duration at) {
  return at >= from && at < from + lasts;
}

}  // namespace

Citizens::Citizens(Stage& stage, Hands& hands) : stage_(stage), hands_(hands) {
  std::int64_t sum = 0;
  for (const auto& station : stage.scenario.stations) {
    if (station.level != stations::StationLevel::polres) continue;
    const auto weight = stage.scenario.weight.find(station.code);
    sum += weight == stage.scenario.weight.end() ? 1 : weight->second;
    origins_.push_back(&station);
    upto_.push_back(sum);
  }
  for (const auto weight : stage.scenario.hours) of_all_hours_ += weight;
  of_all_hours_ = std::max<std::int64_t>(of_all_hours_, 1);
}

bool within(const stations::Station& station, const Where& where) {
  return !where.code || station.code == where.code || station.parent == where.code;
}

void Citizens::hour(Duration at) {
  const auto& rates = stage_.scenario.rates;
  if (rates.empty() || hour_ == at.ms / kHour_ms) return;
  hour_ = at.ms / kHour_ms;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < origins_.size(); ++i) {
    const auto of = rates.find(origins_[i]->code);
    if (of != rates.end()) sum += of->second[static_cast<std::size_t>(hour_) % of->second.size()];
    upto_[i] = sum;
  }
}

/// With `slot`, the highest of the slot that begins at `at`.
std::int64_t Citizens::rate(Duration at, Duration slot) {
  const auto& s = stage_.scenario;
  hour(at);
  if (upto_.back() == 0) return 0;
  const auto of_day = static_cast<std::size_t>(at.ms / kHour_ms % 24);
  const auto usual = s.rates.empty() ? s.calls_a_day * (kRateScale / kDay_ms) / of_all_hours_ * 24 * s.hours[of_day]
                                     : upto_.back() * (kRateScale / 1000 / 1000) / (kHour_ms / 1000);
  std::int64_t rate = usual;
  for (const auto& surge : s.surges) {
    if (at + slot < surge.from || at >= surge.from + surge.lasts) continue;
    std::int64_t part = 0, before = 0;
    for (std::size_t i = 0; i < origins_.size(); ++i) {
      if (within(*origins_[i], surge.where)) part += upto_[i] - before;
      before = upto_[i];
    }
    rate += usual / upto_.back() * part * (surge.times - 1);
  }
  return rate;
}

/// A surge's places are drawn as often as it multiplies them.
const stations::Station& Citizens::origin() {
  const auto at = stage_.elapsed();
  hour(at);
  const auto pick = [&] {
    const auto it = std::upper_bound(upto_.begin(), upto_.end(), stage_.random.below(upto_.back()));
    return origins_[static_cast<std::size_t>(it - upto_.begin())];
  };
  std::int64_t most = 1;
  for (const auto& surge : stage_.scenario.surges)
    if (holds(surge.from, surge.lasts, at)) most = std::max(most, surge.times);
  while (true) {
    const auto* station = pick();
    std::int64_t times = 1;
    for (const auto& surge : stage_.scenario.surges)
      if (holds(surge.from, surge.lasts, at) && within(*station, surge.where)) times = std::max(times, surge.times);
    if (stage_.random.below(most) < times) return *station;
  }
}

void Citizens::begin() {
  next_call();
  CallerRef number{1'000'000'000};
  for (const auto& flood_of : stage_.scenario.floods) {
    ++number.value;
    stage_.after(flood_of.from, [this, &flood_of, number] { flood(flood_of, number); });
  }
}

/// Calls of a crowd are drawn at the highest rate of a slot and thinned (Lewis and Shedler 1979).
void Citizens::next_call() {
  constexpr std::int64_t kSlot_us = 600'000'000;  // ten minutes; divides every hour
  while (true) {
    const Duration at{next_us_ / 1000};
    if (at >= stage_.scenario.lasts) return;
    const auto slot_end = (next_us_ / kSlot_us + 1) * kSlot_us;
    const auto bound = rate(at, {(slot_end - next_us_) / 1000});
    const auto wait_us = bound > 0 ? stage_.random.exponential({kRateScale / bound * 1000}).ms : kSlot_us;
    next_us_ += wait_us;
    if (next_us_ >= slot_end) {
      next_us_ = slot_end;
    } else if (stage_.random.below(bound) < rate({next_us_ / 1000}, {})) {
      break;
    }
  }
  if (Duration{next_us_ / 1000} >= stage_.scenario.lasts) return;
  stage_.agenda.at(stage_.began + milliseconds(next_us_ / 1000), [this] {
    const auto who = ++count_;
    people_[who] = citizen();
    dials(who);
    next_call();
  });
}

Citizens::Citizen Citizens::citizen() {
  auto& random = stage_.random;
  const auto& mix = stage_.scenario.mix;
  Citizen c;
  const auto& station = origin();
  bool event_here = false;
  for (const auto& surge : stage_.scenario.surges)
    event_here |= surge.one_event && holds(surge.from, surge.lasts, stage_.elapsed()) && within(station, surge.where);
  // What everybody saw is told by people who need help.
  const auto kind = event_here && random.chance(90)
                        ? 0
                        : random.below(std::max<std::int64_t>(1, mix.genuine + mix.ghost + mix.prank));
  c.intent = kind < mix.genuine               ? (random.chance(mix.silent) ? Intent::silent : Intent::genuine)
             : kind < mix.genuine + mix.ghost ? Intent::ghost
                                              : Intent::prank;
  c.call.trunk_station = station.code;
  // The genuine have numbers of their own; those who play come from few, some of them without a number.
  c.call.caller = {c.intent == Intent::prank || random.chance(20) ? 1 + random.below(2000) : 10'000 + count_};
  if (random.chance(2)) c.call.caller = {};
  if (c.call.caller) c.call.number = "+62800" + std::to_string(c.call.caller.value);
  if (event_here || random.chance(stage_.scenario.located)) {
    // About 2 km around; what happens to many happens farther apart as well.
    const std::int64_t reach_e7 = event_here ? 600'000 : 200'000;
    const auto about = [&](std::int32_t e7) {
      return e7 + static_cast<std::int32_t>(random.below(2 * reach_e7) - reach_e7);
    };
    c.call.location = Location{{about(station.point.longitude_e7), about(station.point.latitude_e7)}, 30};
    if (random.chance(80)) c.call.located_station = station.code;
  }
  if (stage_.odd() && random.chance(10)) c.call.kind = calls::CallKind::test;
  if (stage_.odd() && random.chance(10)) c.call.trunk_station = {};
  if (stage_.odd() && random.chance(20))
    c.call.admission = random.chance(20) ? calls::Admission::refused : calls::Admission::ringing;
  return c;
}

void Citizens::dials(std::int64_t who) {
  auto& c = people_[who];
  ++c.tries;
  ++stage_.counts["calls"];
  hands_.dials(who, c.call, [this, who] { line_dead(who); });
  gives_up(who);
  if (c.intent == Intent::silent) presses(who, "5", stage_.random.between(seconds(4), seconds(12)));
  moves(who);
}

/// A telephone that had only its cell finds out where it is, some of them far from what the trunk is for; and again,
/// while its owner drives.
void Citizens::moves(std::int64_t who) {
  // Chance of its own: who moves must not change who calls.
  Random chance(stage_.scenario.seed * 1'000'003 + static_cast<std::uint64_t>(who * kTriesMax + people_[who].tries));
  if (!chance.chance(stage_.scenario.restless)) return;
  for (auto time = chance.between(seconds(1), seconds(15)); time < seconds(60);
       time = time + ports::kPlaceEvery + chance.between(seconds(0), seconds(40))) {
    const auto& station = *origins_[static_cast<std::size_t>(chance.below(static_cast<std::int64_t>(origins_.size())))];
    const auto about = [&](std::int32_t e7) { return e7 + static_cast<std::int32_t>(chance.below(400'000)) - 200'000; };
    const Location place{{about(station.point.longitude_e7), about(station.point.latitude_e7)},
                         static_cast<std::int32_t>(chance.below(200))};
    stage_.after(time, [this, who, place] {
      const auto leg = hands_.leg_of(who);
      if (!leg || stage_.healing) return;
      ++stage_.counts["moved"];
      stage_.say(Way::sip, core::CallerMoves{*leg, place, {}});
    });
  }
}

void Citizens::presses(std::int64_t who, const std::string& digit, Duration time) {
  stage_.after(time, [this, who, digit] {
    if (const auto leg = hands_.leg_of(who)) stage_.say(Way::media, core::DigitPressed{*leg, digit}, true);
  });
}

/// Unless somebody answers before.
void Citizens::gives_up(std::int64_t who) {
  const auto& s = stage_.scenario;
  const auto intent = people_[who].intent;
  // A telephone in a pocket is patient, who plays is not.
  const auto patience = stage_.random.exponential(intent == Intent::prank ? Duration{s.patience.ms / 2} : s.patience);
  const auto listening = ++people_[who].listening;
  stage_.after(patience, [this, who, listening] {
    const auto it = people_.find(who);
    if (it == people_.end() || it->second.listening != listening || !hands_.on_line(who)) return;
    ++stage_.counts["hang_ups"];
    hands_.hangs_up(who, stage_.odd());
    writes(who);
    line_dead(who);
  });
}

/// Who was not answered may write, in one world of four, and the trunk may say it again.
void Citizens::writes(std::int64_t who) {
  const auto& c = people_[who];
  Random chance(stage_.scenario.seed * 1'000'033 + static_cast<std::uint64_t>(who * kTriesMax + c.tries));
  if (stage_.scenario.seed % 4 != 1 || stage_.healing || !chance.chance(stage_.scenario.restless)) return;
  core::TextArrives text;
  text.trunk = c.call.trunk;
  text.trunk_station = c.call.trunk_station;
  text.caller = c.call.caller;
  text.number = c.call.number;
  text.text = "tolong";
  text.name = "text " + std::to_string(who) + " " + std::to_string(c.tries);
  stage_.after(chance.between(seconds(1), seconds(20)), [this, text] {
    if (stage_.healing) return;
    ++stage_.counts["texts"];
    stage_.say(Way::sip, text, true);
  });
}

/// Whoever needs help and has not been heard calls again.
void Citizens::line_dead(std::int64_t who) {
  auto& c = people_[who];
  ++c.listening;
  if (c.answered || !needs_help(c.intent) || c.tries >= kTriesMax || stage_.healing ||
      !stage_.random.chance(stage_.scenario.redial))
    return void(people_.erase(who));
  stage_.after(stage_.random.between(seconds(3), seconds(60)), [this, who] {
    if (!people_.contains(who)) return;
    if (stage_.healing) return void(people_.erase(who));
    ++stage_.counts["redials"];
    dials(who);
  });
}

void Citizens::event(const core::Event& event) {
  const auto act = [&](CallId call, const auto& then) {
    const auto it = calls_.find(call);
    if (it != calls_.end() && people_.contains(it->second.who)) then(it->second.who, people_[it->second.who]);
  };
  visit_some(Overloaded{
                 [&](const calls::CallArrived& e) {
                   const auto caller = hands_.caller_of(e.leg);
                   if (!caller || !people_.contains(*caller)) return;
                   const auto& c = people_[*caller];
                   calls_[e.call] = {*caller, c.intent};
                   if (c.tries == 1 && needs_help(c.intent)) ++genuine_;
                 },
                 [&](const calls::CallConnected& e) {
                   act(e.call, [&](std::int64_t who, Citizen& c) {
                     // Whoever was not heard pressing it presses it again; and a line may crackle like keys.
                     if (c.intent == Intent::silent) presses(who, "5", seconds(3));
                     if (stage_.odd())
                       for (int i = 0; i < 40; ++i) presses(who, "7", milliseconds(std::int64_t{20} * i));
                     const bool helped = needs_help(c.intent);
                     if (!std::exchange(c.answered, true) && helped) ++genuine_answered_;
                     const auto listening = ++c.listening;
                     const auto talk =
                         stage_.random.exponential(helped ? stage_.scenario.talk : stage_.scenario.nuisance_talk);
                     stage_.after(talk, [this, who, listening] {
                       const auto it = people_.find(who);
                       if (it == people_.end() || it->second.listening != listening || !hands_.on_line(who)) return;
                       hands_.hangs_up(who, false);
                       line_dead(who);
                     });
                   });
                 },
                 [&](const calls::CallReturned& e) { act(e.call, [&](std::int64_t who, Citizen&) { gives_up(who); }); },
                 [&](const calls::OutcomeSet& e) { calls_.erase(e.call); },
                 [&](const calls::CallClosed& e) { calls_.erase(e.call); },
             },
             event.body);
}

void Citizens::flood(const Flood& flood_of, CallerRef number) {
  if (stage_.elapsed() >= flood_of.from + flood_of.lasts || stage_.healing) return;
  const auto who = ++count_;
  Citizen c;
  c.intent = Intent::ghost;
  c.call.trunk_station = flood_of.station;
  c.call.caller = number;
  c.call.number = "+62800" + std::to_string(number.value);
  people_[who] = c;
  ++stage_.counts["flood_calls"];
  dials(who);
  stage_.after({60'000 / flood_of.calls_per_minute}, [this, &flood_of, number] { flood(flood_of, number); });
}

void Citizens::everybody_hangs_up() {
  std::vector<std::int64_t> all;
  for (const auto& [who, c] : people_)
    if (hands_.on_line(who)) all.push_back(who);
  for (const auto who : all) {
    hands_.hangs_up(who, false);
    line_dead(who);
  }
}

Intent Citizens::intent_of(CallId call) const {
  const auto it = calls_.find(call);
  return it == calls_.end() ? Intent::genuine : it->second.intent;
}

}  // namespace sigap::sim
