#include "sqlite/existing.h"

#include <sqlite3.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "sqlite/failure.h"

namespace sigap::sqlite {
namespace {

bool may_be_written(const std::filesystem::path& file) {
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  return access(file.c_str(), W_OK) == 0 && access(folder.c_str(), W_OK) == 0;
}

/// As sqlite.org/uri.html wants a path.
std::string immutable_uri(const std::filesystem::path& file) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(file).string())
    if (c == '%' || c == '?' || c == '#')
      uri += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
    else
      uri += c;
  return uri + "?immutable=1";
}

/// Whether the database can be read, which SQLite tries only when asked for something.
bool readable(sqlite3* db) {
  const int code = sqlite3_exec(db, "PRAGMA schema_version", nullptr, nullptr, nullptr) & 0xff;
  return code != SQLITE_CANTOPEN && code != SQLITE_READONLY && code != SQLITE_IOERR && code != SQLITE_PERM;
}

}  // namespace

Result<sqlite3*> open_existing(const std::filesystem::path& file) {
  sqlite3* db = nullptr;
  const auto give_up = [&]() -> Result<sqlite3*> {
    auto refusal = failure(db, "opening");
    sqlite3_close(std::exchange(db, nullptr));
    return refusal;
  };
  if (may_be_written(file)) {
    if (sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) return give_up();
    return db;
  }
  if (sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK && readable(db)) return db;
  std::error_code none;
  const auto log = file.string() + "-wal";
  if (std::filesystem::exists(log, none) && std::filesystem::file_size(log, none) > 0) {
    sqlite3_close(db);
    const auto name = file.filename().string();
    return refuse("log_unread", "the newest of it stands in " + name +
                                    "-wal, which cannot be read where nothing can be "
                                    "written: copy the folder, with all files " +
                                    name + "*, to a disk and look at it there");
  }
  sqlite3_close(std::exchange(db, nullptr));
  if (sqlite3_open_v2(immutable_uri(file).c_str(), &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr) != SQLITE_OK)
    return give_up();
  return db;
}

}  // namespace sigap::sqlite
