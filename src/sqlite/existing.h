// Opens a database that is there, to be looked at: beside a process that writes it, and also where nothing can be
// written (a DVD, a snapshot mounted read-only, a folder of somebody else's).
// SQLite reads a database in WAL mode only where it may write, or where the -wal and -shm files lie beside it;
// elsewhere it must be told that the file is immutable, and then it overlooks a -wal. So that is said only where there
// is none: never is less read than is there. Source: sqlite.org/wal.html "Read-only databases", sqlite.org/uri.html
// `immutable`.
#pragma once
#include <filesystem>

#include "base/result.h"

struct sqlite3;

namespace sigap::sqlite {

/// The caller closes it. Refusals: "io"; "log_unread" when a -wal beside it cannot be read here, with what to do.
Result<sqlite3*> open_existing(const std::filesystem::path& file);

}  // namespace sigap::sqlite
