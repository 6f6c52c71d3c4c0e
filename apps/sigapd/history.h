// The history as it is configured: in SQLite beside the journal, or in PostgreSQL.
#pragma once
#include <memory>

#include "config/config.h"
#include "runtime/followers/history_keeper.h"
#include "runtime/screens/gateway.h"

namespace sigap::sigapd {

/// Reads from where it stopped, and answers the pages. Null where the journal, the keys or the file cannot be opened,
/// which is logged: without it the line answers, and nobody is told of yesterday. A database that is away is no reason.
std::unique_ptr<runtime::HistoryKeeper> start_history(const config::Config& config, runtime::Gateway& gateway,
                                                      std::int64_t journal_end);

}  // namespace sigap::sigapd
