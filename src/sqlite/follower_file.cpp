#include "sqlite/follower_file.h"

#include <sqlite3.h>

#include <utility>

#include "sqlite/failure.h"
#include "sqlite/statement.h"

namespace sigap::sqlite {
namespace {

constexpr const char* kReadTo =
    "CREATE TABLE IF NOT EXISTS read_to(one INTEGER PRIMARY KEY CHECK(one = 1), position INTEGER NOT NULL, hash TEXT "
    "NOT NULL)";

}  // namespace

FollowerFile::~FollowerFile() {
  sqlite3_close(db_);
}

Result<bool> FollowerFile::open() {
  auto connected = connect();
  if (!connected && connected.error().code == "corrupt") connected = begin_anew();
  return connected;
}

Result<bool> FollowerFile::connect() {
  auto refusal = refuse("corrupt", std::string(kind_.name) + " is of another program");
  if (sqlite3_open(file_.c_str(), &db_) == SQLITE_OK && run(kind_.schema) && run(kReadTo)) {
    if (!read_to()) run(("PRAGMA user_version=" + std::to_string(kind_.form)).c_str());
    Statement form(db_, "PRAGMA user_version");
    if (form.step() && form.integer(0) == kind_.form) return true;
  } else {
    refusal = failure("opening");
  }
  sqlite3_close(std::exchange(db_, nullptr));
  return refusal;
}

Result<bool> FollowerFile::begin_anew() {
  sqlite3_close(std::exchange(db_, nullptr));
  std::error_code ignored;
  for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + part, ignored);
  return connect();
}

std::optional<ReadTo> FollowerFile::read_to() const {
  if (!db_) return std::nullopt;
  Statement row(db_, "SELECT position, hash FROM read_to");
  if (!row.step()) return std::nullopt;
  return ReadTo{row.integer(0), row.text(1)};
}

bool FollowerFile::put_read_to(const ReadTo& to) {
  if (!db_) return false;
  Statement put(db_, "INSERT OR REPLACE INTO read_to(one, position, hash) VALUES(1, ?, ?)");
  put.bind(1, to.position).bind(2, to.hash).step();
  return put.finished();
}

Result<bool> FollowerFile::take(const ReadTo& to, const std::function<bool()>& write) {
  if (!db_) return refuse("io", std::string(kind_.name) + " cannot be opened");
  if (run("BEGIN IMMEDIATE") && write() && put_read_to(to) && run("COMMIT")) return true;
  auto refusal = failure("writing");
  run("ROLLBACK");
  return refusal;
}

void FollowerFile::leave_no_trace() {
  sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

bool FollowerFile::run(const char* sql) {
  return sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

tl::unexpected<Refusal> FollowerFile::failure(const char* doing) const {
  return sqlite::failure(db_, (std::string(doing) + " " + kind_.name).c_str());
}

}  // namespace sigap::sqlite
