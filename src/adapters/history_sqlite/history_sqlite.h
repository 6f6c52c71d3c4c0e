// The history in SQLite, the default: DATA/history.sqlite, WAL, synchronous=NORMAL, secure_delete; its tables are those
// of figures/tables.h, and read_to(position, hash). A file that cannot be read, or is of another program (its
// user_version), is begun anew: everything in it is of the journal. Source: sqlite.org/wal.html,
// sqlite.org/pragma.html.
#pragma once
#include <filesystem>
#include <memory>

#include "ports/history.h"
#include "sqlite/follower_file.h"

struct sqlite3;

namespace sigap::history_sqlite {

class HistorySqlite final : public ports::HistoryStore {
 public:
  /// Refusal "io".
  static Result<std::unique_ptr<HistorySqlite>> open(const std::filesystem::path& data_folder);

  Result<ports::JournalHead> head() override;
  Result<bool> begin_anew() override;
  Result<std::vector<figures::Row>> live(figures::TableId table) override;
  Result<bool> take(const ports::HistoryChanges& changes, std::int64_t before,
                    const ports::JournalHead& after) override;

 private:
  explicit HistorySqlite(std::filesystem::path file);
  bool put(figures::TableId table, const std::vector<figures::Row>& rows);
  bool forget(figures::TableId table, const std::vector<std::int64_t>& ids);

  sqlite::FollowerFile file_;
};

/// Reads beside the writer, from a connection of its own.
class HistorySqliteReader final : public ports::HistoryReader {
 public:
  /// Of the file beside a HistorySqlite, which is opened when it is first asked.
  explicit HistorySqliteReader(const std::filesystem::path& data_folder);
  ~HistorySqliteReader() override;
  Result<std::map<StationCode, figures::Sums>> by_station(const ports::HistorySpan& span) override;
  Result<std::map<std::int64_t, figures::Counts>> by_hour(const ports::HistorySpan& span) override;
  Result<bool> rows(figures::TableId table, std::int64_t from, std::int64_t until,
                    const std::function<bool(const figures::Row&)>& take) override;
  Result<ports::JournalHead> head() override;

 private:
  Result<bool> connect();

  std::filesystem::path file_;
  sqlite3* db_ = nullptr;
};

}  // namespace sigap::history_sqlite
