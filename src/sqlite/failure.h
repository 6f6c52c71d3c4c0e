// What SQLite's error means to whoever asked.
#pragma once
#include <sqlite3.h>

#include <string>

#include "base/result.h"

namespace sigap::sqlite {

/// "disk_full", "fenced" (a key is taken), "corrupt", or "io"; the message says what was being done.
inline tl::unexpected<Refusal> failure(sqlite3* db, const char* doing) {
  const int code = sqlite3_extended_errcode(db) & 0xff;
  const std::string what = std::string(doing) + ": " + sqlite3_errmsg(db);
  if (code == SQLITE_FULL) return refuse("disk_full", what);
  if (code == SQLITE_CONSTRAINT) return refuse("fenced", what);
  if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT) return refuse("corrupt", what);
  return refuse("io", what);
}

}  // namespace sigap::sqlite
