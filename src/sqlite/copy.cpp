#include "sqlite/copy.h"

#include <sqlite3.h>

#include "sqlite/existing.h"

namespace sigap::sqlite {

Result<bool> copy_database(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (std::filesystem::exists(to)) return refuse("exists", "there is a " + to.filename().string() + " already");
  auto opened = open_existing(from);
  if (!opened)
    return refuse(opened.error().code, from.filename().string() + " cannot be copied: " + opened.error().message);
  sqlite3 *source = *opened, *target = nullptr;
  int done = sqlite3_open(to.c_str(), &target);
  if (done == SQLITE_OK) {
    sqlite3_backup* copy = sqlite3_backup_init(target, "main", source, "main");
    done = copy ? sqlite3_backup_step(copy, -1) : SQLITE_ERROR;
    if (sqlite3_backup_finish(copy) != SQLITE_OK) done = SQLITE_ERROR;
  }
  sqlite3_close(source);
  sqlite3_close(target);
  if (done != SQLITE_DONE) return refuse("io", from.filename().string() + " cannot be copied");
  return true;
}

}  // namespace sigap::sqlite
