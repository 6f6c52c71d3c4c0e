// Shifts as they are planned, begin and end.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

Verdict plan_shift(Decider& d, const PlanShift& c);
Verdict change_shift(Decider& d, const ChangeShift& c);
Verdict remove_shift(Decider& d, const RemoveShift& c);
void shift_begins(Decider& d, ShiftId shift);
void shift_ends(Decider& d, ShiftId shift);

}  // namespace sigap::core
