#include "sim/checkers/oversight.h"

#include <algorithm>

#include "base/overloaded.h"

namespace sigap::sim {
namespace {

/// The standard's least, of all calls (APCO/NENA ANS 1.107.1), whatever a policy says; spread by the golden ratio.
bool must_be_drawn(CallId call) {
  constexpr std::uint64_t kGolden = 0x9E37'79B9'7F4A'7C15;
  constexpr std::uint64_t kOneOf = 50;
  return static_cast<std::uint64_t>(call.value) * kGolden < ~std::uint64_t{0} / kOneOf;
}

}  // namespace

void OversightChecker::event(const core::Event& event, Instant) {
  visit_some(Overloaded{
                 [&](const core::EpochBegan& e) { draws_ = e.format >= 2; },
                 [&](const calls::ListeningStarted& e) { listeners_[e.offer] = e.call; },
                 [&](const calls::ListeningEnded& e) { listeners_.erase(e.offer); },
                 [&](const calls::CallEnded& e) { no_operator_any_more(e.call); },
                 [&](const calls::CallReturned& e) { no_operator_any_more(e.call); },
                 [&](const calls::CallRelayed& e) { no_operator_any_more(e.call); },
                 [&](const calls::CallHandedOver& e) { no_operator_any_more(e.call); },
                 [&](const calls::OutcomeSet& e) {
                   if (!draws_) return;
                   outcomes_.push_back(e.call);
                   if (must_be_drawn(e.call) || e.outcome == calls::Outcome::complaint) handled_.insert(e.call);
                 },
                 [&](const quality::ReviewDrawn& e) {
                   handled_.erase(e.call);
                   reviews_[e.review] = {e.operator_, {}};
                 },
                 [&](const quality::ReviewPassed& e) { handled_.erase(e.call); },
                 [&](const quality::CallReviewed& e) {
                   const auto it = reviews_.find(e.review);
                   check(own_,
                         it != reviews_.end() && it->second.operator_ != e.person &&
                             it->second.reviewers.insert(e.person).second,
                         "review", e.review.value);
                 },
                 [&](const quality::ReviewClosed& e) { reviews_.erase(e.review); },
             },
             event.body);
}

void OversightChecker::step(const core::State&, Instant) {
  for (const auto call : std::exchange(left_, {}))
    check(listens_, std::ranges::none_of(listeners_, [&](const auto& each) { return each.second == call; }), "call",
          call.value);
  for (const auto call : std::exchange(outcomes_, {})) check(sample_, !handled_.contains(call), "call", call.value);
  handled_.clear();
}

}  // namespace sigap::sim
