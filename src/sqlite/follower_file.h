// A file of SQLite that is made of the journal: an index, an outbox.
// Invariants: what was made and how far the journal was read are one transaction, so nothing is taken twice and nothing
// is missed; a file that is broken, or of a program that made other rows, is begun anew, because the journal has it
// all.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"

struct sqlite3;

namespace sigap::sqlite {

/// Position and hash of the last event that was taken.
struct ReadTo {
  std::int64_t position = 0;
  std::string hash;
};

class FollowerFile {
 public:
  struct Kind {
    const char* name;    ///< for refusals: "the outbox"
    const char* schema;  ///< its own tables, and how durable they are
    std::int64_t form;   ///< raised when other rows, or rows that mean something else, are made of the same events
  };

  FollowerFile(std::filesystem::path file, Kind kind) : file_(std::move(file)), kind_(kind) {}
  ~FollowerFile();
  FollowerFile(const FollowerFile&) = delete;
  FollowerFile& operator=(const FollowerFile&) = delete;

  /// Refusals: those of sqlite::failure().
  Result<bool> open();
  Result<bool> begin_anew();

  /// None: from the first event.
  std::optional<ReadTo> read_to() const;
  bool put_read_to(const ReadTo& to);
  /// Has `write` and `to` become durable together. All is as before when `write` says no, or after a refusal.
  Result<bool> take(const ReadTo& to, const std::function<bool()>& write);
  /// After rows were erased: nothing of them is left beside the file either.
  void leave_no_trace();

  bool run(const char* sql);
  /// None while it could not be opened.
  sqlite3* db() const { return db_; }
  tl::unexpected<Refusal> failure(const char* doing) const;

 private:
  Result<bool> connect();

  std::filesystem::path file_;
  Kind kind_;
  sqlite3* db_ = nullptr;
};

}  // namespace sigap::sqlite
