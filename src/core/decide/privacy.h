// What people's data is about: looking a caller up, forgetting them, and who read what.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

Verdict look_up_caller(Decider& d, const std::optional<CallerRecords>& found);
Verdict forget_caller(Decider& d, const ForgetCaller& c, const std::optional<CallerRecords>& found);
void records_shown(Decider& d, const RecordsShown& in);
void retention_over(Decider& d, const RetentionOver& in);

}  // namespace sigap::core
