// The history as it is configured: in SQLite beside the journal, or in PostgreSQL.
#pragma once
#include <functional>
#include <memory>

#include "config/config.h"
#include "runtime/followers/history_keeper.h"

namespace sigap::sigapd {

/// Not yet started. Refusals: those of the journal, the keys and the file; a database that is away is none.
Result<std::unique_ptr<runtime::HistoryKeeper>> history_keeper(const config::Config& config,
                                                               std::function<void(const Refusal&)> refused);

}  // namespace sigap::sigapd
