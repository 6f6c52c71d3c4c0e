// Who is offered which call: rules of distribution 3-5.
#include <algorithm>

#include "core/turn.h"
#include "domain/distribution/ranking.h"

namespace sigap::core {
namespace {

using distribution::Candidate;
using distribution::OfferEnd;
using distribution::Tier;

std::vector<const people::Operator*> ready_operators(const State& s) {
  std::vector<const people::Operator*> ready;
  for (const auto& [id, op] : s.people.operators) {
    const auto* session = s.people.session(op.session);
    if (op.state == people::OperatorState::ready && session && session->connected) ready.push_back(&op);
  }
  return ready;
}

Candidate candidate(const State& s, const people::Operator& op, const StationCode& home) {
  const auto& person = *s.people.person(op.person);
  Candidate c{op.person, Tier::nation, 0, op.idle_since};
  const auto* mine = s.stations.find(person.station);
  const auto* theirs = s.stations.find(home);
  if (mine && theirs) c.distance_m = distance_m(mine->point, theirs->point);
  const auto province = s.stations.province_of(home);
  if (person.station == home)
    c.tier = Tier::home;
  else if (province && person.station == province)
    c.tier = Tier::province_desk;
  else if (province && s.stations.province_of(person.station) == province)
    c.tier = Tier::province;
  else if (mine && mine->level == stations::StationLevel::mabes)
    c.tier = Tier::headquarters;
  return c;
}

std::map<CallId, std::int64_t> live_offers(const State& s) {
  std::map<CallId, std::int64_t> count;
  for (const auto& [id, offer] : s.offers)
    if (!offer.ended) ++count[offer.call];
  return count;
}

void offer_call(Turn& t, CallId call, PersonId person, Tier tier, bool second) {
  t.emit(distribution::CallOffered{{t.state.next.offer}, call, person, tier, second, t.now + t.policy.offer_lasts});
}

/// Offers `call` to the best of those ready; false when nobody is.
bool offer_to_best(Turn& t, CallId call, bool second) {
  const auto& home = t.state.calls.find(call)->home;
  std::vector<Candidate> candidates;
  for (const auto* op : ready_operators(t.state)) candidates.push_back(candidate(t.state, *op, home));
  const auto best = distribution::best_operator(candidates);
  if (best) offer_call(t, call, best->person, best->tier, second);
  return best.has_value();
}

}  // namespace

void distribute(Turn& t) {
  // First everyone who rings nowhere, then those who may ring at a second operator.
  for (const bool second : {false, true}) {
    while (true) {
      const auto ready = ready_operators(t.state);
      if (ready.empty()) return;
      const auto offered = live_offers(t.state);
      const auto* longest_idle = *std::min_element(ready.begin(), ready.end(), [](auto* a, auto* b) {
        return std::pair(a->idle_since, a->person) < std::pair(b->idle_since, b->person);
      });
      std::vector<distribution::Waiting> waiting;
      for (const auto& [id, since] : t.state.calls.waiting) {
        const auto it = offered.find(id);
        const auto rings = it == offered.end() ? 0 : it->second;
        const auto& call = *t.state.calls.find(id);
        if (second ? (rings != 1 || !call.second_ring) : rings != 0) continue;
        const bool local = call.home == t.state.people.person(longest_idle->person)->station;
        waiting.push_back({id, call.returns > 0, call.arrived, local});
      }
      const auto next = distribution::next_call(waiting);
      if (!next) break;
      if (waiting.size() > ready.size()) {  // operators are scarce: the longest idle takes who should be next for them
        const auto c = candidate(t.state, *longest_idle, t.state.calls.find(*next)->home);
        offer_call(t, *next, c.person, c.tier, second);
      } else {
        offer_to_best(t, *next, second);
      }
    }
  }
}

void end_offer(Turn& t, OfferId id, OfferEnd how, PersonId taken_by) {
  const auto offer = t.state.offers.at(id);
  t.emit(distribution::OfferEnded{id, offer.call, offer.person, how, taken_by});
}

void end_offers_of(Turn& t, CallId call, OfferEnd how) {
  std::vector<OfferId> live;
  for (const auto& [id, offer] : t.state.offers)
    if (offer.call == call && !offer.ended) live.push_back(id);
  for (const auto id : live) end_offer(t, id, how);
}

Verdict accept_offer(Turn& t, const AcceptOffer& c) {
  const auto it = t.state.offers.find(c.offer);
  if (it == t.state.offers.end()) return no("gone", "this call is over", "offer");
  const auto offer = it->second;
  if (offer.person != t.actor.person) return no("not_allowed", "this offer is somebody else's", "offer");
  if (offer.ended) {
    if (*offer.ended == OfferEnd::taken) return no("taken", "another operator took the call", "offer");
    return no("gone", "this offer is over", "offer");
  }
  const auto leg = t.state.calls.find(offer.call)->leg;
  end_offer(t, c.offer, OfferEnd::accepted, t.actor.person);
  std::vector<OfferId> others;
  for (const auto& [id, other] : t.state.offers)
    if (other.call == offer.call && !other.ended) others.push_back(id);
  t.emit(calls::CallAccepted{offer.call, leg, c.offer, t.actor.person, t.actor.session});
  for (const auto id : others) end_offer(t, id, OfferEnd::taken, t.actor.person);
  open_incident(t, offer.call);
  distribute(t);
  return {};
}

/// Refused while nobody there could take it: the caller is better off where somebody talks to them. Not taken in time,
/// it is offered on like any call, to the one who gave it away as well.
Verdict transfer_call(Turn& t, const TransferCall& c) {
  if (auto refusal = not_mine(t, c.call)) return refusal;
  if (!t.state.stations.find(c.station)) return no("unknown", "no such station", "station");
  std::vector<Candidate> there;
  for (const auto* op : ready_operators(t.state))
    if (t.state.people.person(op->person)->station == c.station) there.push_back(candidate(t.state, *op, c.station));
  const auto best = distribution::best_operator(there);
  if (!best) return no("nobody_ready", "nobody is ready at that station", "station");
  const auto call = *t.state.calls.find(c.call);
  t.emit(calls::CallHomed{c.call, c.station, calls::HomeReason::transferred});
  t.emit(calls::CallReturned{c.call, call.leg, call.offer, call.operator_, calls::ReturnReason::transferred});
  offer_call(t, c.call, best->person, best->tier, false);
  t.emit(people::OperatorReady{t.actor.person});
  distribute(t);
  return {};
}

Verdict decline_offer(Turn& t, const DeclineOffer& c) {
  const auto it = t.state.offers.find(c.offer);
  if (it == t.state.offers.end() || it->second.ended) return no("gone", "this offer is over", "offer");
  if (it->second.person != t.actor.person) return no("not_allowed", "this offer is somebody else's", "offer");
  end_offer(t, c.offer, OfferEnd::declined);
  t.emit(people::OperatorNotReady{t.actor.person, people::NotReadyReason::pause});
  distribute(t);
  return {};
}

}  // namespace sigap::core
