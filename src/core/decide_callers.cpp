// Callers who cannot speak, and numbers whose calls are doubted: who goes before others, who a little behind.
// C1 to C5 and D5 (docs/rules.md). Nobody is ever kept out.
#include <algorithm>

#include "core/turn.h"

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

void clear_number(Turn& t, const calls::Call& call, standing::ClearReason reason) {
  if (!t.state.standing.find(call.caller, t.now)) return;
  t.emit(standing::NumberCleared{call.caller, call.id, t.actor.person, reason});
  for (const auto id : t.state.calls.of(call.caller)) {
    const auto& live = *t.state.calls.find(id);
    if (live.pranks + live.ghosts > 0) t.emit(calls::DoubtLifted{id});
  }
}

}  // namespace

void digit_pressed(Turn& t, const DigitPressed& in) {
  const auto* found = t.state.calls.find(in.leg);
  if (!found || found->kind != calls::CallKind::emergency || !is_key(in.digit)) return;
  const auto call = *found;
  if (call.state == calls::CallState::ended || call.awaits_callee()) return;  // early media has keys of its own
  const bool silent = in.digit == calls::kSilentDigit;
  // The first 5 is heard whatever came before it: noise must not hide somebody who cannot speak.
  const bool first = silent && !call.silent;
  if (!first && noise(call, t.now)) return;
  t.emit(calls::DigitHeard{call.id, call.leg, personal(call.id, in.digit), silent});
  if (call.state == calls::CallState::ringing_back) ring_back_key(t, call, in.digit);
  if (first) t.emit(calls::CallUrgent{call.id, UrgentReason::silent});
}

Verdict ask_to_press(Turn& t, const AskToPress& c) {
  if (auto refusal = not_mine(t, c.call)) return refusal;
  const auto& call = *t.state.calls.find(c.call);
  if (!call.connected) return no("not_yet", "the voices are not joined", "call");
  if (call.held) return no("busy", "the caller is on hold", "call");
  if (!call.asked) t.emit(calls::AskedToPress{call.id, call.leg, call.offer});
  return {};
}

void weigh(Turn& t, CallId id) {
  const auto& call = *t.state.calls.find(id);
  if (const auto* known = t.state.standing.find(call.caller, t.now))
    t.emit(calls::CallerRemembered{id, known->pranks, known->ghosts});
  if (t.state.standing.doubted(call.caller, t.now))
    t.emit(calls::CallDoubted{id, DoubtReason::standing});
  else if (waits_already(t.state, call))
    t.emit(calls::CallDoubted{id, DoubtReason::many_at_once});
  else if (t.state.tasks.unanswered_of(call.caller) >= t.policy.unanswered_before_urgent)
    t.emit(calls::CallUrgent{id, UrgentReason::called_again});
}

void judge_number(Turn& t, const calls::Call& call, calls::Outcome outcome) {
  if (!call.caller) return;
  if (outcome == calls::Outcome::prank)
    t.emit(standing::NumberMarked{call.caller, call.id, standing::Mark::prank});
  else if (outcome == calls::Outcome::silent && call.digits.empty() && call.direction == calls::Direction::incoming)
    t.emit(standing::NumberMarked{call.caller, call.id, standing::Mark::ghost});
  else if (outcome == calls::Outcome::genuine)
    clear_number(t, call, standing::ClearReason::genuine);
}

Verdict forgive_number(Turn& t, const ForgiveNumber& c) {
  const auto* found = t.state.calls.find(c.call);
  if (!found) return no("gone", "this call is closed", "call");
  if (!found->caller) return no("no_number", "the caller's number is unknown", "call");
  clear_number(t, calls::Call(*found), standing::ClearReason::forgiven);
  return {};
}

}  // namespace sigap::core
