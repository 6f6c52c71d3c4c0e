// What an installation writes in files of its own and the journal is told at each start: the form of reviews, and what
// complaints can be about.
#pragma once
#include "base/result.h"
#include "config/config.h"
#include "runtime/core_thread.h"

namespace sigap::sigapd {

/// Refusals: "io", "invalid" as FILE:LINE: KEY: reason.
Result<bool> define_lists(const config::Config& config, runtime::CoreThread& core);

}  // namespace sigap::sigapd
