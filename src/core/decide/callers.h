// Callers who cannot speak, and numbers that are doubted for what their earlier calls were.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

void digit_pressed(Decider& d, const DigitPressed& in);
Verdict ask_to_press(Decider& d, const AskToPress& c);
/// Whether a call that has just arrived goes before others or a little behind.
void prioritise(Decider& d, CallId call);
/// What this call says about its number.
void judge_number(Decider& d, const calls::Call& call, calls::Outcome outcome);
Verdict forgive_number(Decider& d, const ForgiveNumber& c);

}  // namespace sigap::core
