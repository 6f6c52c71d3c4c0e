// Callers who cannot speak, and numbers whose calls are doubted: who goes before others, who a little behind.
// C1 to C5 and D5 (docs/rules.md). Nobody is ever kept out.
#include "core/decide/callers.h"

#include <algorithm>

#include "core/decide/calls.h"
#include "core/decide/ring_back.h"

namespace sigap::core {
namespace {

using calls::DoubtReason;
using calls::UrgentReason;

bool is_key(const std::string& digit) {
  return digit.size() == 1 && std::string("0123456789*#ABCD").find(digit) != std::string::npos;
}

/// DTMF noise: speech or a broken line that sounds like keys.
bool noise(const calls::Call& call, Instant now) {
  const auto& pressed = call.digits;
  if (pressed.size() >= calls::kDigitsMax) return true;
  return pressed.size() >= calls::kDigitsPerSecond &&
         now - pressed[pressed.size() - calls::kDigitsPerSecond].at < seconds(1);
}

bool waits_already(const State& s, const calls::Call& call) {
  return std::ranges::any_of(s.calls.of(call.caller),
                             [&](CallId id) { return id != call.id && s.calls.waiting.contains(id); });
}

/// Calls of pages that wait: of those who are urgent, or of all.
std::int64_t pages_waiting(const State& s, bool urgent) {
  return std::ranges::count_if(s.calls.waiting, [&](const auto& one) {
    const auto* call = s.calls.find(one.first);
    return call && call->by_page() && (call->urgent || !urgent);
  });
}

void clear_number(Decider& d, const calls::Call& call, reputation::ClearReason reason) {
  if (!d.state.standing.find(call.caller, d.now)) return;
  d.emit(reputation::NumberCleared{call.caller, call.id, d.actor.person, reason});
  for (const auto id : d.state.calls.of(call.caller)) {
    const auto& live = *d.state.calls.find(id);
    if (live.pranks + live.ghosts > 0) d.emit(calls::DoubtLifted{id});
  }
}

}  // namespace

void digit_pressed(Decider& d, const DigitPressed& in) {
  const auto* found = d.state.calls.find(in.leg);
  if (!found || found->kind != calls::CallKind::emergency || !is_key(in.digit)) return;
  const auto call = *found;
  if (call.state == calls::CallState::ended || call.awaits_callee()) return;  // early media has keys of its own
  const bool silent = in.digit == calls::kSilentDigit;
  // The first 5 is heard whatever came before it: noise must not hide somebody who cannot speak.
  const bool first = silent && !call.silent;
  if (!first && noise(call, d.now)) return;
  d.emit(calls::DigitHeard{call.id, call.leg, personal(call.id, in.digit), silent});
  if (call.state == calls::CallState::ringing_back) ring_back_key(d, call, in.digit);
  if (!first || (call.by_page() && pages_waiting(d.state, true) >= d.policy.pages_at_once)) return;
  d.emit(calls::CallUrgent{call.id, UrgentReason::silent});
}

Verdict ask_to_press(Decider& d, const AskToPress& c) {
  if (auto refusal = not_mine(d, c.call)) return refusal;
  const auto& call = *d.state.calls.find(c.call);
  if (!call.connected) return no("not_yet", "the voices are not joined", "call");
  if (call.held) return no("busy", "the caller is on hold", "call");
  if (!call.asked) d.emit(calls::AskedToPress{call.id, call.leg, call.offer});
  return {};
}

void prioritise(Decider& d, CallId id) {
  const auto& call = *d.state.calls.find(id);
  if (const auto* known = d.state.standing.find(call.caller, d.now))
    d.emit(calls::CallerRemembered{id, known->pranks, known->ghosts});
  if (d.state.standing.doubted(call.caller, d.now))
    d.emit(calls::CallDoubted{id, DoubtReason::standing});
  else if (waits_already(d.state, call) || (call.by_page() && pages_waiting(d.state, false) > d.policy.pages_at_once))
    d.emit(calls::CallDoubted{id, DoubtReason::many_at_once});
  else if (!call.by_page() && d.state.tasks.unanswered_of(call.caller) >= d.policy.unanswered_before_urgent)
    d.emit(calls::CallUrgent{id, UrgentReason::called_again});
}

void judge_number(Decider& d, const calls::Call& call, calls::Outcome outcome) {
  if (!call.caller) return;
  if (outcome == calls::Outcome::prank)
    d.emit(reputation::NumberMarked{call.caller, call.id, reputation::Mark::prank});
  else if (outcome == calls::Outcome::silent && call.digits.empty() && !call.lines &&
           call.direction == calls::Direction::incoming)
    d.emit(reputation::NumberMarked{call.caller, call.id, reputation::Mark::ghost});
  else if (outcome == calls::Outcome::genuine)
    clear_number(d, call, reputation::ClearReason::genuine);
}

Verdict forgive_number(Decider& d, const ForgiveNumber& c) {
  const auto* found = d.state.calls.find(c.call);
  if (!found) return no("gone", "this call is closed", "call");
  if (!found->caller) return no("no_number", "the caller's number is unknown", "call");
  clear_number(d, calls::Call(*found), reputation::ClearReason::forgiven);
  return {};
}

}  // namespace sigap::core
