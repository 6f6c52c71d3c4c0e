// The plan tried on the real rules: the nation's busiest day is simulated with as many operators as the plan says for
// one pool, spread over the stations as calls are. Erlang-A knows neither rings, nor wrap-up, nor who is where; the
// simulator does.
#pragma once
#include <string>

#include "study/study.h"

namespace sigap::study {

/// What callers would see, beside what was promised. Progress goes to the terminal.
std::string confirm(const Study& study);

}  // namespace sigap::study
