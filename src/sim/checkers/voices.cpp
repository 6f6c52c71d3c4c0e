#include "sim/checkers/voices.h"

#include "base/overloaded.h"

namespace sigap::sim {
namespace {

constexpr Duration kHoldAtMost = seconds(60);   ///< then the caller hears the operator again by itself
constexpr Duration kAskedAtMost = seconds(10);  ///< the length of the prompt that says what to press

}  // namespace

void VoicesChecker::accepted(const calls::CallAccepted& e) {
  check(one_operator_, !on_call_.contains(e.call), "call", e.call.value);
  check(one_call_, !talks_.contains(e.person), "person", e.person.value);
  const auto offer = offers_.find(e.offer);
  check(names_, offer != offers_.end() && offer->second.call == e.call && offer->second.person == e.person, "offer",
        e.offer.value);
  offers_.erase(e.offer);
  on_call_[e.call] = e.person;
  talks_[e.person] = e.call;
}

void VoicesChecker::over(CallId call) {
  held_since_.erase(call);
  asked_since_.erase(call);
  const auto it = on_call_.find(call);
  if (it == on_call_.end()) return;
  talks_.erase(it->second);
  on_call_.erase(it);
}

void VoicesChecker::guest_came(const calls::GuestCame& e) {
  const auto invited = guests_.find(e.call);
  check(names_, invited != guests_.end() && invited->second == e.offer, "offer", e.offer.value);
  offers_.erase(e.offer);
  if (!e.person) return;
  check(one_call_, !talks_.contains(e.person), "person", e.person.value);
  talks_[e.person] = e.call;
}

void VoicesChecker::guest_left(const calls::GuestLeft& e) {
  guests_.erase(e.call);
  if (e.how == calls::GuestEnd::took_over) return;
  if (const auto it = talks_.find(e.person); it != talks_.end() && it->second == e.call) talks_.erase(it);
}

void VoicesChecker::event(const core::Event& event, Instant) {
  visit_some(Overloaded{
                 [&](const distribution::CallOffered& e) {
                   offers_[e.offer] = {e.call, e.person};
                 },
                 // The accepted one is over with the answer itself.
                 [&](const distribution::OfferEnded& e) {
                   if (e.how != distribution::OfferEnd::accepted) offers_.erase(e.offer);
                 },
                 [&](const calls::CallAccepted& e) { accepted(e); },
                 [&](const calls::CallPlaced& e) {
                   check(one_call_, !talks_.contains(e.person), "person", e.person.value);
                   on_call_[e.call] = e.person;
                   talks_[e.person] = e.call;
                 },
                 [&](const calls::GuestInvited& e) {
                   check(one_guest_, guests_.emplace(e.call, e.offer).second, "call", e.call.value);
                 },
                 [&](const calls::GuestCame& e) { guest_came(e); },
                 [&](const calls::GuestLeft& e) { guest_left(e); },
                 [&](const calls::CallHandedOver& e) {
                   over(e.call);
                   on_call_[e.call] = e.person;
                 },
                 [&](const calls::CallRelayed& e) { over(e.call); },
                 [&](const calls::CallUnreached& e) { over(e.call); },
                 [&](const calls::CallHeld& e) { held_since_.emplace(e.call, event.at); },
                 [&](const calls::AskedToPress& e) { asked_since_.emplace(e.call, event.at); },
                 [&](const calls::DigitHeard& e) {
                   if (e.silent) silent_calls_.insert(e.call);
                 },
                 [&](const calls::CallUrgent& e) { urgent_calls_.insert(e.call); },
                 [&](const calls::CallResumed& e) {
                   held_since_.erase(e.call);
                   asked_since_.erase(e.call);
                 },
                 [&](const calls::CallVoiceLost& e) {
                   held_since_.erase(e.call);
                   asked_since_.erase(e.call);
                 },
                 [&](const calls::CallReturned& e) { over(e.call); },
                 [&](const calls::CallEnded& e) {
                   over(e.call);
                   incidents_.erase(e.call);
                   silent_calls_.erase(e.call);
                   urgent_calls_.erase(e.call);
                 },
                 [&](const incidents::IncidentClosed& e) { open_incidents_.erase(e.incident); },
                 [&](const incidents::IncidentOpened& e) {
                   if (!e.call) return;
                   // One more draft only where the first can be written in no more.
                   auto& of_call = incidents_[e.call];
                   check(incident_, !open_incidents_.contains(of_call), "call", e.call.value);
                   of_call = e.incident;
                   open_incidents_.insert(e.incident);
                 },
             },
             event.body);
}

void VoicesChecker::step(const core::State&, Instant core_time) {
  for (const auto& [call, since] : held_since_) check(held_, core_time - since <= kHoldAtMost, "call", call.value);
  for (const auto& [call, since] : asked_since_) check(asked_, core_time - since <= kAskedAtMost, "call", call.value);
  for (const auto call : silent_calls_) check(silent_, urgent_calls_.contains(call), "call", call.value);
}

}  // namespace sigap::sim
