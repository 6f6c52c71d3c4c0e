// Who wrote the end of the journal: the chain alone can be made by anybody who can write the file, a seal only by a
// holder of the master key. A seal on one line proves all before it, for its hash does; so the last line of each batch
// has one, and a batch that was cut in its middle ends without.
#include <sqlite3.h>

#include <cstdlib>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/journal_sqlite/noted_head.h"
#include "base/rfc3339.h"
#include "sqlite/statement.h"

namespace sigap::journal_sqlite {
namespace {

using sqlite::Statement;

/// When a line says that it was written, as RFC 3339: its "at", milliseconds since 1970.
std::string moment_of(const std::string& body) {
  constexpr std::string_view kAt = "\"at\":";
  const auto found = body.find(kAt);
  if (found == std::string::npos) return "an unknown time";
  return write_rfc3339({std::strtoll(body.c_str() + found + kAt.size(), nullptr, 10)});
}

}  // namespace

std::string JournalSqlite::line_seal(const ports::JournalHead& line) const {
  return seal_({"line", std::to_string(line.position), line.hash});
}

bool JournalSqlite::note_counts(const NotedHead& noted) const {
  if (!seal_ || is_ours(noted, seal_)) return true;
  // A journal of before seals is proved by what its program noted, once: from now on it has the column.
  return noted.seal.empty() && !has_seals_;
}

// What the program of before wrote after it had noted its head for the last time, killed or without power, or with a
// note that was lost: it would have gone on with it. Who can write the data folder alone can make a journal look like
// one of before seals, but cannot take KEYS/sealed away.
bool JournalSqlite::believed_once(const NotedHead& noted) {
  if (has_seals_ || !noted.seal.empty() || was_sealed(head_file_.parent_path())) return false;
  return noted.head.position == 0 || hash_at(noted.head.position) == noted.head.hash;
}

std::int64_t JournalSqlite::proved_to(const NotedHead& noted) {
  const bool there = noted.head.position > 0 && note_counts(noted) && hash_at(noted.head.position) == noted.head.hash;
  const auto by_note = there ? noted.head.position : 0;
  if (!has_seals_) return by_note;
  // From the end: usually the first one is good, and nothing more is read.
  Statement rows(db_,
                 "SELECT position, hash, seal FROM events WHERE position > ? AND seal IS NOT NULL "
                 "ORDER BY position DESC");
  rows.bind(1, by_note);
  while (rows.step())
    if (rows.text(2) == line_seal({rows.integer(0), rows.text(1)})) return rows.integer(0);
  return by_note;
}

Refusal JournalSqlite::unproved_refusal(const Unproved& tail, const NotedHead& noted) {
  auto text = std::to_string(tail.last - tail.first + 1) + " lines from position " + std::to_string(tail.first) +
              " on (the first says " + tail.since +
              ") are not proved: the chain holds, but no seal of this installation's master key says who wrote them";
  const auto noted_at = std::to_string(noted.head.position);
  if (noted.head.position > tail.last)
    text += ". " + noted_at + " events were noted, " + std::to_string(tail.last) + " are here";
  if (!has_seals_ && is_ours(noted, seal_) && noted.head.position > tail.last)
    text += ": this journal is of before seals, older than what was noted: a restored copy? Then accept it";
  if (has_seals_ && noted.head.position >= tail.first && noted.seal.empty())
    text += ". KEYS/head has no seal either and goes to position " + noted_at +
            ": a program from before seals may have written them";
  if (believed_once(noted)) text += ". A program of before seals wrote them: the first start believes that once";
  return {"unproved", "", text};
}

std::optional<Unproved> JournalSqlite::unproved_after(std::int64_t position, const NotedHead& noted) {
  if (position >= head_.position) return std::nullopt;
  Unproved tail{position + 1, head_.position, "an unknown time", noted.head.position};
  Statement row(db_, "SELECT body FROM events WHERE position = ?");
  if (row.bind(1, tail.first).step()) tail.since = moment_of(row.text(0));
  return tail;
}

bool JournalSqlite::look_for_seals() const {
  return Statement(db_, "SELECT seal FROM events LIMIT 0").good();
}

Result<bool> JournalSqlite::seal_line(const ports::JournalHead& line) {
  if (!seal_) return true;
  if (!look_for_seals())
    if (auto added = run("ALTER TABLE events ADD COLUMN seal TEXT"); !added) return added;
  Statement update(db_, "UPDATE events SET seal = ? WHERE position = ?");  // of an empty journal: nothing
  const auto seal = line_seal(line);
  update.bind(1, seal).bind(2, line.position).step();
  if (!update.finished()) return failure("sealing");
  return true;
}

Result<bool> JournalSqlite::together(const std::function<Result<bool>()>& work) {
  if (auto begun = run("BEGIN IMMEDIATE"); !begun) return begun;
  auto done = work();
  if (done) done = run("COMMIT");
  if (!done) (void)run("ROLLBACK");
  has_seals_ = look_for_seals();
  return done;
}

// Before a journal of before seals gets the column: without the states that its program saved the next start would read
// it from its first line. `whole`: all of it is believed, by its note or by a person.
void JournalSqlite::believe_states(bool whole) {
  if (seal_ && !has_seals_ && (whole || !was_sealed(head_file_.parent_path()))) checkpoints_->seal_all(fits_chain());
}

Result<ports::JournalHead> JournalSqlite::accept_unproved() {
  if (!unproved_) {
    keep_lost_note();
    note_head();
    return head_;
  }
  const auto first = unproved_->first;
  // What is sealed must at least be whole.
  auto read_to = read(first, [](const ports::JournalLine&) { return true; });
  if (!read_to) return read_to;
  believe_states(first == 1);
  auto sealed = together([&]() -> Result<bool> {
    if (has_seals_) {  // whatever stands there in their place
      Statement clear(db_, "UPDATE events SET seal = NULL WHERE position >= ?");
      clear.bind(1, first).step();
      if (!clear.finished()) return failure("sealing");
    }
    return seal_line(head_);
  });
  if (!sealed) return tl::unexpected(sealed.error());
  mark_sealed(head_file_.parent_path());
  unproved_.reset();
  keep_lost_note();
  note_head();
  return head_;
}

}  // namespace sigap::journal_sqlite
