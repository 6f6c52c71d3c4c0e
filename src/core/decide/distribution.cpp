// Who is offered which call: D3 to D5, D7 (docs/rules.md).
#include "core/decide/distribution.h"

#include <algorithm>
#include <limits>

#include "core/decide/calls.h"
#include "core/decide/guests.h"
#include "core/decide/incidents.h"
#include "core/decide/ring_back.h"
#include "domain/distribution/ranking.h"

namespace sigap::core {
namespace {

using distribution::Candidate;
using distribution::OfferEnd;
using distribution::Tier;

/// Where a call is at home, looked up once for all who may take it.
struct Home {
  const StationCode& code;
  const stations::Station* station;
  const StationCode& province;
};

Home home_of(const State& s, const StationCode& code) {
  return {code, s.stations.find(code), s.stations.province_of(code)};
}

Candidate candidate(const State& s, const people::Operator& op, const Home& home) {
  const auto& code = s.people.person(op.person)->station;
  Candidate c{op.person, Tier::nation, 0, op.idle_since};
  if (code == home.code) {
    c.tier = Tier::home;
    return c;
  }
  const auto* mine = s.stations.find(code);
  if (home.province && code == home.province)
    c.tier = Tier::province_desk;
  else if (home.province && mine && mine->level == stations::StationLevel::polres && mine->parent == home.province)
    c.tier = Tier::province;
  else if (mine && mine->level == stations::StationLevel::mabes)
    c.tier = Tier::headquarters;
  const bool ranked_by_distance = c.tier == Tier::province || c.tier == Tier::nation;
  if (ranked_by_distance && mine && home.station) c.distance_m = distance_m(mine->point, home.station->point);
  return c;
}

std::vector<OfferId> live_offers(const State& s, CallId call) {
  std::vector<OfferId> live;
  if (const auto found = s.indexes.offers.find(call); found != s.indexes.offers.end())
    for (const auto id : found->second)
      if (!s.offers.at(id).ended) live.push_back(id);
  return live;
}

void offer_call(Decider& d, CallId call, PersonId person, Tier tier, bool second) {
  d.emit(distribution::CallOffered{{d.state.next.offer}, call, person, tier, second, d.now + d.policy.offer_lasts});
}

/// Nobody of the province and the headquarters is ready: of everybody else, those at the least distance. Most stations
/// are clearly too far away.
std::vector<Candidate> nearest_of_the_nation(const State& s, const Home& home) {
  std::vector<Candidate> nearest;
  auto nearest_m = std::numeric_limits<std::int64_t>::max();
  const auto& ready = s.indexes.ready;
  for (std::size_t spot = 0; spot < ready.spots().size(); ++spot) {
    const auto& there = ready.spots()[spot];
    if (there.ready == 0) continue;
    if (home.station && least_distance_m(there.point, home.station->point) > nearest_m) continue;
    const auto away_m = home.station ? distance_m(there.point, home.station->point) : 0;
    if (away_m > nearest_m) continue;
    if (away_m < nearest_m) nearest.clear();
    nearest_m = away_m;
    const auto& [idle_since, person] = ready.longest_idle_at(spot);
    nearest.push_back({person, Tier::nation, away_m, idle_since});
  }
  return nearest;
}

/// The ready operator who should take a call of this home. Of each station only the longest idle needs a look, and of
/// the farther stations none when a nearer one has somebody.
std::optional<Candidate> best_for(const State& s, const Home& home) {
  const auto& ready = s.indexes.ready;
  std::vector<Candidate> candidates;
  const auto look = [&](const StationCode& station) {
    if (const auto person = ready.longest_idle(station))
      candidates.push_back(candidate(s, *s.people.operator_of(*person), home));
  };
  look(home.code);
  const auto& province = home.province;
  if (candidates.empty() && province) {
    look(province);
    const auto its = s.indexes.neighbours.find(home.code);
    if (candidates.empty() && its != s.indexes.neighbours.end())
      for (const auto& [distance_m, station] : its->second) {
        if (!candidates.empty() && candidates.front().distance_m < distance_m) break;
        look(station);
      }
  }
  if (candidates.empty()) look(s.stations.headquarters());
  if (candidates.empty()) candidates = nearest_of_the_nation(s, home);
  return distribution::best_operator(candidates);
}

}  // namespace

void distribute(Decider& d) {
  // First everyone who rings nowhere, then those who may ring at a second operator.
  const auto& indexes = d.state.indexes;
  for (const bool second : {false, true}) {
    const auto& line = second ? indexes.second_ring : indexes.unheard;
    while (!line.empty() && !indexes.ready.empty()) {
      const auto& longest_idle = *d.state.people.operator_of(indexes.ready.longest_idle());
      const auto next = *line.next(d.state.people.person(longest_idle.person)->station);
      const auto home = home_of(d.state, d.state.calls.find(next)->home);
      // Operators are scarce: the longest idle takes who should be next for them. Else the call gets the best of them.
      const bool scarce = line.size() > indexes.ready.size();
      const auto chosen = scarce ? candidate(d.state, longest_idle, home) : *best_for(d.state, home);
      offer_call(d, next, chosen.person, chosen.tier, second);
    }
  }
  ring_back_next(d);
}

void end_offer(Decider& d, OfferId id, OfferEnd how, PersonId taken_by) {
  const auto offer = d.state.offers.at(id);
  d.emit(distribution::OfferEnded{id, offer.call, offer.person, how, taken_by});
  if (const auto* call = d.state.calls.find(offer.call); call && call->guest && call->guest->offer == id)
    guest_leaves(d, call->id, how == OfferEnd::declined ? calls::GuestEnd::declined : calls::GuestEnd::no_answer);
}

void end_offers_of(Decider& d, CallId call, OfferEnd how) {
  for (const auto id : live_offers(d.state, call)) end_offer(d, id, how);
}

Verdict accept_offer(Decider& d, const AcceptOffer& c, const std::string& fresh) {
  const auto it = d.state.offers.find(c.offer);
  if (it == d.state.offers.end()) return no("gone", "this call is over", "offer");
  const auto offer = it->second;
  if (offer.person != d.actor.person) return no("not_allowed", "this offer is somebody else's", "offer");
  if (offer.ended) {
    if (*offer.ended == OfferEnd::taken) return no("taken", "another operator took the call", "offer");
    return no("gone", "this offer is over", "offer");
  }
  const auto* call = d.state.calls.find(offer.call);
  if (call->guest && call->guest->offer == c.offer) {
    guest_accepts(d, offer.call, c.offer, fresh);
    return {};
  }
  const auto leg = call->leg;
  end_offer(d, c.offer, OfferEnd::accepted, d.actor.person);
  const auto others = live_offers(d.state, offer.call);
  d.emit(calls::CallAccepted{offer.call, leg, c.offer, d.actor.person, d.actor.session});
  for (const auto id : others) end_offer(d, id, OfferEnd::taken, d.actor.person);
  const auto& answered = *d.state.calls.find(offer.call);
  if (answered.home_reason == calls::HomeReason::rang_back && d.state.tasks.find(answered.task))
    d.emit(tasks::TaskClosed{answered.task, d.actor.person, tasks::TaskReason::called_back, {}});
  open_incident(d, offer.call);
  distribute(d);
  return {};
}

/// Refused while nobody there could take it: the caller is better off where somebody talks to them. Not taken in time,
/// it is offered on like any call, to the one who gave it away as well.
Verdict transfer_call(Decider& d, const TransferCall& c) {
  if (auto refusal = not_mine(d, c.call)) return refusal;
  if (d.state.calls.find(c.call)->awaits_callee()) return no("not_yet", "nobody has picked up yet", "call");
  if (!d.state.stations.find(c.station)) return no("unknown", "no such station", "station");
  const auto there = d.state.indexes.ready.longest_idle(c.station);
  if (!there) return no("nobody_ready", "nobody is ready at that station", "station");
  if (d.state.calls.find(c.call)->guest) guest_leaves(d, c.call, calls::GuestEnd::dropped);
  const auto call = *d.state.calls.find(c.call);
  d.emit(calls::CallHomed{c.call, c.station, calls::HomeReason::transferred});
  d.emit(calls::CallReturned{c.call, call.leg, call.offer, call.operator_, calls::ReturnReason::transferred});
  offer_call(d, c.call, *there, Tier::home, false);
  d.emit(people::OperatorReady{d.actor.person});
  distribute(d);
  return {};
}

Verdict decline_offer(Decider& d, const DeclineOffer& c) {
  const auto it = d.state.offers.find(c.offer);
  if (it == d.state.offers.end() || it->second.ended) return no("gone", "this offer is over", "offer");
  if (it->second.person != d.actor.person) return no("not_allowed", "this offer is somebody else's", "offer");
  end_offer(d, c.offer, OfferEnd::declined);
  d.emit(people::OperatorNotReady{d.actor.person, people::NotReadyReason::pause});
  distribute(d);
  return {};
}

}  // namespace sigap::core
