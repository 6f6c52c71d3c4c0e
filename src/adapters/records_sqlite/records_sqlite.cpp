#include "adapters/records_sqlite/records_sqlite.h"

#include <algorithm>
#include <utility>

#include "ports/journal_chain.h"
#include "sqlite/statement.h"

namespace sigap::records_sqlite {
namespace {

using ports::RecordNote;
using sqlite::Statement;

constexpr const char* kSchema = R"(
PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;
CREATE TABLE IF NOT EXISTS records(
  kind INTEGER, id INTEGER, caller INTEGER NOT NULL, station TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY(kind, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS records_of ON records(caller) WHERE caller <> 0;
CREATE INDEX IF NOT EXISTS records_by_age ON records(kind, at, id);
CREATE TABLE IF NOT EXISTS readers(
  kind INTEGER, id INTEGER, person INTEGER, first INTEGER NOT NULL, last INTEGER NOT NULL, worked INTEGER NOT NULL,
  PRIMARY KEY(kind, id, person)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS orphaned(caller INTEGER PRIMARY KEY);
)";

/// Raised when other rows, or rows that mean something else, are made of the same events. Programs of before say 0.
constexpr std::int64_t kForm = 1;

std::int64_t number(RecordKind kind) {
  return static_cast<std::int64_t>(kind);
}

}  // namespace

Result<std::unique_ptr<RecordsSqlite>> RecordsSqlite::open(const std::filesystem::path& data_folder) {
  std::unique_ptr<RecordsSqlite> made(new RecordsSqlite(data_folder / "records.sqlite"));
  if (auto opened = made->file_.open(); !opened) return tl::unexpected(opened.error());
  return made;
}

RecordsSqlite::RecordsSqlite(std::filesystem::path file)
    : file_(std::move(file), {"the record index", kSchema, kForm}) {}

Result<bool> RecordsSqlite::begin_anew() {
  return file_.begin_anew();
}

ports::JournalHead RecordsSqlite::head() {
  const auto to = file_.read_to();
  return to ? ports::JournalHead{to->position, to->hash} : ports::JournalHead{0, ports::kChainStart};
}

Result<bool> RecordsSqlite::take(const std::vector<RecordNote>& notes, const ports::JournalHead& head) {
  auto taken = file_.take({head.position, head.hash}, [&] {
    return std::ranges::all_of(notes, [this](const auto& note) { return take_one(note); });
  });
  if (taken && std::ranges::any_of(notes, [](const auto& n) { return n.what == RecordNote::What::forgotten; }))
    file_.leave_no_trace();
  return taken;
}

bool RecordsSqlite::take_one(const RecordNote& note) {
  if (note.what == RecordNote::What::forgotten) return forget(note);
  if (note.what == RecordNote::What::happened) {
    Statement put(file_.db(),
                  "INSERT INTO records(kind, id, caller, station, at) VALUES(?1, ?2, "
                  "CASE WHEN ?6 = 0 THEN ?3 ELSE coalesce((SELECT caller FROM records WHERE kind = 1 AND id = ?6), 0) "
                  "END, ?4, ?5) ON CONFLICT(kind, id) DO UPDATE SET at = max(at, excluded.at), "
                  "station = CASE WHEN excluded.station = '' THEN station ELSE excluded.station END, "
                  "caller = CASE WHEN excluded.caller = 0 THEN caller ELSE excluded.caller END");
    put.bind(1, number(note.kind)).bind(2, note.id).bind(3, note.caller.value).bind(4, note.station.value);
    put.bind(5, note.at.ms).bind(6, note.of_call.value).step();
    if (!put.finished()) return false;
  }
  return !note.person || put_reader(note);
}

bool RecordsSqlite::put_reader(const RecordNote& note) {
  // Only of what is there: what was forgotten has no readers either.
  Statement put(file_.db(),
                "INSERT INTO readers(kind, id, person, first, last, worked) SELECT kind, id, ?3, ?4, ?4, ?5 "
                "FROM records WHERE kind = ?1 AND id = ?2 ON CONFLICT(kind, id, person) "
                "DO UPDATE SET last = max(last, excluded.last), worked = max(worked, excluded.worked)");
  put.bind(1, number(note.kind)).bind(2, note.id).bind(3, note.person.value).bind(4, note.at.ms);
  put.bind(5, std::int64_t{note.what == RecordNote::What::happened}).step();
  return put.finished();
}

bool RecordsSqlite::forget(const RecordNote& note) {
  for (const char* sql :
       {"INSERT OR IGNORE INTO orphaned(caller) SELECT caller FROM records WHERE kind = ? AND id = ? AND caller <> 0",
        "DELETE FROM readers WHERE kind = ? AND id = ?", "DELETE FROM records WHERE kind = ? AND id = ?"}) {
    Statement step(file_.db(), sql);
    step.bind(1, number(note.kind)).bind(2, note.id).step();
    if (!step.finished()) return false;
  }
  return true;
}

std::vector<RecordFound> RecordsSqlite::of_caller(CallerRef caller, std::int64_t most) {
  std::vector<RecordFound> all;
  if (!file_.db() || !caller) return all;
  Statement rows(file_.db(),
                 "SELECT kind, id, station, at FROM records WHERE caller = ?1 AND caller <> 0 ORDER BY at DESC, kind, "
                 "id LIMIT ?2");
  rows.bind(1, caller.value).bind(2, most);
  while (rows.step()) {
    RecordFound found{static_cast<RecordKind>(rows.integer(0)), rows.integer(1), {rows.text(2)}, {rows.integer(3)}, {}};
    Statement readers(file_.db(),
                      "SELECT person, first, last, worked FROM readers WHERE kind = ? AND id = ? ORDER BY first");
    readers.bind(1, rows.integer(0)).bind(2, found.id);
    while (readers.step())
      found.readers.push_back(
          {{readers.integer(0)}, {readers.integer(1)}, {readers.integer(2)}, readers.integer(3) != 0});
    all.push_back(std::move(found));
  }
  return all;
}

CallerRef RecordsSqlite::caller_of(RecordKind kind, std::int64_t id) {
  if (!file_.db()) return {};
  Statement row(file_.db(), "SELECT caller FROM records WHERE kind = ? AND id = ?");
  row.bind(1, number(kind)).bind(2, id);
  return row.step() ? CallerRef{row.integer(0)} : CallerRef{};
}

std::vector<std::int64_t> RecordsSqlite::untouched(RecordKind kind, Instant before, std::int64_t most) {
  std::vector<std::int64_t> ids;
  if (!file_.db()) return ids;
  auto& cursor = cursors_[static_cast<std::size_t>(kind)];
  Statement rows(file_.db(),
                 "SELECT id, at FROM records WHERE kind = ?1 AND at < ?2 AND (at, id) > (?3, ?4) ORDER BY at, id "
                 "LIMIT ?5");
  rows.bind(1, number(kind)).bind(2, before.ms).bind(3, cursor.at).bind(4, cursor.id).bind(5, most);
  while (rows.step()) {
    ids.push_back(rows.integer(0));
    cursor = {rows.integer(1), rows.integer(0)};
  }
  if (static_cast<std::int64_t>(ids.size()) < most) cursor = {};
  return ids;
}

std::vector<CallerRef> RecordsSqlite::orphaned(std::int64_t most) {
  std::vector<CallerRef> callers;
  if (!file_.db()) return callers;
  // Whoever called again is a caller like any other.
  file_.run(
      "DELETE FROM orphaned WHERE EXISTS (SELECT 1 FROM records r WHERE r.caller = orphaned.caller AND r.caller <> 0)");
  Statement rows(file_.db(), "SELECT caller FROM orphaned LIMIT ?");
  rows.bind(1, most);
  while (rows.step()) callers.push_back({rows.integer(0)});
  return callers;
}

void RecordsSqlite::unlinked(const std::vector<CallerRef>& callers) {
  if (!file_.db() || !file_.run("BEGIN IMMEDIATE")) return;
  for (const auto caller : callers) {
    Statement row(file_.db(), "DELETE FROM orphaned WHERE caller = ?");
    row.bind(1, caller.value).step();
  }
  file_.run("COMMIT");
}

}  // namespace sigap::records_sqlite
