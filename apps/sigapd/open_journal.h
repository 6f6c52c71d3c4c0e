// The journal, opened for a server: its folders are made and closed to others, and what a person must know of its end
// is logged.
#pragma once
#include <memory>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "config/config.h"
#include "sigapd/cluster.h"

namespace sigap::sigapd {

/// `cluster`: nothing on one machine. Whatever keeps a machine of two from starting, it does not keep the floating
/// address. Refusals: those of JournalSqlite::open; "unproved" says what a person does.
Result<std::unique_ptr<journal_sqlite::JournalSqlite>> open_journal(const config::Config& config,
                                                                    const Cluster* cluster);

}  // namespace sigap::sigapd
