// Calls as the journal has them, without any key: when each was offered, which station was its home, how long it took
// an operator, from the acceptance to the outcome (wrap-up keeps an operator as talking does). Test calls do not count.
#pragma once
#include <functional>

#include "domain/stations/state.h"
#include "ports/journal.h"
#include "staffing/demand.h"

namespace sigap::study {

/// Folds the journal's stations into `tree` and gives each call to `take` when it is over, or at the journal's end.
/// Refusals: "corrupt", "invalid" with the position.
Result<bool> read_calls(ports::Journal& journal, stations::State& tree,
                        const std::function<void(const sigap::staffing::CallRecord&)>& take);

}  // namespace sigap::study
