#include "adapters/vault/vault_rows.h"

#include <fcntl.h>
#include <sodium.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "adapters/vault/aside_keys.h"
#include "sqlite/statement.h"

namespace sigap::vault {
namespace {

using ports::VaultChange;
using ports::VaultTable;
using sqlite::Statement;

constexpr int kBusy_ms = 5000;  // the core's own short transactions; own

// The tables of VaultSodium come first: on a fresh standby nobody made them yet.
constexpr const char* kChangesSchema = R"(
PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS keys(subject TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS callers(caller INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS change_state(one INTEGER PRIMARY KEY CHECK(one = 1), epoch INTEGER, following INTEGER);
CREATE TABLE IF NOT EXISTS changes(number INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, what INTEGER NOT NULL,
  name TEXT NOT NULL, deleted INTEGER NOT NULL);
INSERT INTO changes(epoch, what, name, deleted) SELECT 0, 0, subject, 0 FROM keys
  WHERE subject <> '' AND NOT EXISTS(SELECT 1 FROM change_state);
INSERT INTO changes(epoch, what, name, deleted) SELECT 0, 1, caller, 0 FROM callers
  WHERE NOT EXISTS(SELECT 1 FROM change_state);
INSERT OR IGNORE INTO change_state VALUES(1, 0, 0);
CREATE TRIGGER IF NOT EXISTS key_made AFTER INSERT ON keys
  WHEN NEW.subject <> '' AND (SELECT following FROM change_state) = 0 BEGIN
    INSERT INTO changes(epoch, what, name, deleted) SELECT epoch, 0, NEW.subject, 0 FROM change_state; END;
CREATE TRIGGER IF NOT EXISTS key_gone AFTER DELETE ON keys
  WHEN OLD.subject <> '' AND (SELECT following FROM change_state) = 0 BEGIN
    INSERT INTO changes(epoch, what, name, deleted) SELECT epoch, 0, OLD.subject, 1 FROM change_state; END;
CREATE TRIGGER IF NOT EXISTS caller_made AFTER INSERT ON callers
  WHEN (SELECT following FROM change_state) = 0 BEGIN
    INSERT INTO changes(epoch, what, name, deleted) SELECT epoch, 1, NEW.caller, 0 FROM change_state; END;
CREATE TRIGGER IF NOT EXISTS caller_gone AFTER DELETE ON callers
  WHEN (SELECT following FROM change_state) = 0 BEGIN
    INSERT INTO changes(epoch, what, name, deleted) SELECT epoch, 1, OLD.caller, 1 FROM change_state; END;
COMMIT;
)";

constexpr const char* kRowsAfter = R"(
SELECT c.number, c.epoch, c.what, c.name, CASE c.what WHEN 0 THEN k.wrapped ELSE t.hash END
FROM changes c LEFT JOIN keys k ON c.what = 0 AND k.subject = c.name
LEFT JOIN callers t ON c.what = 1 AND t.caller = CAST(c.name AS INTEGER)
WHERE c.number > ? ORDER BY c.number LIMIT ?)";

std::string hex(const std::string& bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  text.pop_back();
  return text;
}

}  // namespace

Result<std::unique_ptr<VaultRowsSqlite>> VaultRowsSqlite::open(const std::filesystem::path& data_folder) {
  std::unique_ptr<VaultRowsSqlite> rows(new VaultRowsSqlite);
  rows->folder_ = data_folder;
  if (sqlite3_open((data_folder / "keys.sqlite").c_str(), &rows->db_) != SQLITE_OK)
    return refuse("io", "the keys cannot be opened");
  sqlite3_busy_timeout(rows->db_, kBusy_ms);
  if (!rows->run(kChangesSchema)) return refuse("io", "the keys cannot be followed");
  return rows;
}

VaultRowsSqlite::~VaultRowsSqlite() {
  sqlite3_close(db_);
}

bool VaultRowsSqlite::run(const char* sql) {
  return sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

Result<bool> VaultRowsSqlite::begin_epoch(std::int64_t epoch) {
  Statement update(db_, "UPDATE change_state SET epoch = ?, following = 0");
  update.bind(1, epoch).step();
  if (!update.finished()) return refuse("io", "the keys' epoch cannot be written");
  return true;
}

ports::VaultMark VaultRowsSqlite::last() {
  Statement row(db_, "SELECT number, epoch FROM changes ORDER BY number DESC LIMIT 1");
  return row.step() ? ports::VaultMark{row.integer(0), row.integer(1)} : ports::VaultMark{};
}

std::optional<std::int64_t> VaultRowsSqlite::epoch_of(std::int64_t number) {
  if (number == 0) return 0;
  Statement row(db_, "SELECT epoch FROM changes WHERE number = ?");
  row.bind(1, number);
  if (!row.step()) return std::nullopt;
  return row.integer(0);
}

std::vector<VaultChange> VaultRowsSqlite::changes_after(std::int64_t number, std::int64_t most) {
  std::vector<VaultChange> changes;
  Statement rows(db_, kRowsAfter);
  rows.bind(1, number).bind(2, most);
  while (rows.step()) {
    VaultChange change{rows.integer(0), rows.integer(1), static_cast<VaultTable>(rows.integer(2)), rows.text(3),
                       std::nullopt};
    // A row that is gone by now travels as gone, whatever this change was: nothing forgotten is sent.
    if (auto value = rows.text(4); !value.empty()) change.value = std::move(value);
    changes.push_back(std::move(change));
  }
  return changes;
}

Result<bool> VaultRowsSqlite::quietly(const std::function<bool()>& work) {
  bool good = run("BEGIN IMMEDIATE");
  good = good && run("UPDATE change_state SET following = 1") && work();
  good = good && run("UPDATE change_state SET following = 0") && run("COMMIT");
  if (!good) {
    run("ROLLBACK");
    return refuse("io", "the keys cannot be written");
  }
  return true;
}

bool VaultRowsSqlite::apply_one(const VaultChange& change) {
  const bool key = change.table == VaultTable::keys;
  Statement row(db_, change.value
                         ? (key ? "INSERT OR REPLACE INTO keys(wrapped, subject) VALUES(?2, ?1)"
                                : "INSERT OR REPLACE INTO callers(hash, caller) VALUES(?2, ?1)")
                         : (key ? "DELETE FROM keys WHERE subject = ?1" : "DELETE FROM callers WHERE caller = ?1"));
  row.bind(1, change.name);
  if (change.value) row.bind(2, *change.value);
  row.step();
  Statement note(db_, "INSERT INTO changes(number, epoch, what, name, deleted) VALUES(?,?,?,?,?)");
  note.bind(1, change.number).bind(2, change.epoch).bind(3, static_cast<std::int64_t>(change.table));
  note.bind(4, change.name).bind(5, std::int64_t{!change.value}).step();
  return row.finished() && note.finished();
}

Result<bool> VaultRowsSqlite::apply(const std::vector<VaultChange>& changes) {
  if (changes.empty()) return true;
  auto number = last().number;
  bool gone = false;
  for (const auto& change : changes) {
    if (change.number != ++number) return refuse("gap", "a change of the keys is missing");
    gone |= !change.value;
  }
  // Aside before the table: what is interrupted comes again.
  for (const auto table : {VaultTable::keys, VaultTable::callers}) {
    std::set<std::string> names;
    for (const auto& change : changes)
      if (!change.value && change.table == table) names.insert(change.name);
    if (names.empty()) continue;
    if (auto aside = forget_aside(folder_, table, names); !aside) return aside;
  }
  auto done =
      quietly([&] { return std::ranges::all_of(changes, [this](const auto& change) { return apply_one(change); }); });
  // What is forgotten must not linger in the write-ahead log.
  if (done && gone) sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  return done;
}

Result<std::int64_t> VaultRowsSqlite::cut_after(std::int64_t number) {
  // A row that was deleted behind the cut is wanted again: from where it first appeared.
  Statement first(
      db_,
      "SELECT MIN(made.number) FROM changes made JOIN changes gone ON made.what = gone.what AND made.name = "
      "gone.name WHERE made.deleted = 0 AND gone.deleted = 1 AND gone.number > ?1 AND made.number <= ?1");
  first.bind(1, number);
  const std::int64_t end = first.step() && first.integer(0) > 0 ? first.integer(0) - 1 : number;
  if (last().number <= end) return end;
  if (!write_aside(end)) return refuse("io", "the keys cannot be put aside");
  auto done = quietly([&] {
    bool good = true;
    for (const char* sql :
         {"DELETE FROM keys WHERE subject IN (SELECT name FROM changes WHERE what = 0 AND number > ?)",
          "DELETE FROM callers WHERE caller IN (SELECT CAST(name AS INTEGER) FROM changes WHERE what = 1 AND number > "
          "?)",
          "DELETE FROM changes WHERE number > ?"}) {
      Statement remove(db_, sql);
      remove.bind(1, end).step();
      good = good && remove.finished();
    }
    return good;
  });
  if (!done) return tl::unexpected(done.error());
  return end;
}

bool VaultRowsSqlite::write_aside(std::int64_t after) {
  const auto to = last().number;
  auto file = folder_ / ("aside-keys-" + std::to_string(after + 1) + "-" + std::to_string(to) + ".txt");
  for (int n = 2; std::filesystem::exists(file); ++n)
    file = folder_ /
           ("aside-keys-" + std::to_string(after + 1) + "-" + std::to_string(to) + "-" + std::to_string(n) + ".txt");
  std::string text;
  for (const auto& change : changes_after(after, to - after))
    text += std::to_string(change.number) + (change.table == VaultTable::keys ? " key " : " caller ") + change.name +
            " " + (change.value ? hex(*change.value) : "deleted") + "\n";
  const int fd = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  ::close(fd);
  return written;
}

}  // namespace sigap::vault
