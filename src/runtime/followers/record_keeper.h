// Keeps the record index: a follower of the journal that says what is kept too long.
//   events -> notes -> index
//   each minute: what nothing has happened to for its term -> Hooks::over; callers of whom nothing is left ->
//   Hooks::orphaned
// Invariants: those of journal_follower.h; nothing is remembered but in the index.
#pragma once
#include <functional>
#include <memory>

#include "domain/privacy/retention.h"
#include "ports/record_index.h"
#include "runtime/core_thread.h"
#include "runtime/followers/journal_follower.h"

namespace sigap::runtime {

/// Of one caller, the newest first.
struct CallersRecords {
  std::vector<RecordFound> records;
  bool behind = false;  ///< what was in the journal when it was asked for is not all read yet
  bool more = false;    ///< there are more records of theirs
};

class RecordKeeper final : private ports::Follower {
 public:
  /// Called on the keeper's thread.
  struct Hooks {
    std::function<void(Records)> over;
    std::function<void(std::vector<CallerRef>)> orphaned;
    std::function<void(const Refusal&)> refused;  ///< tried again in a minute
  };

  /// `journal` is this thread's own, opened to be read beside the one that is written.
  RecordKeeper(std::unique_ptr<ports::ReplicaJournal> journal, std::unique_ptr<ports::RecordIndex> index,
               privacy::Terms terms, Clock clock, Hooks hooks);
  void start() { follower_.start(); }
  void stop() { follower_.stop(); }

  /// Any thread: the journal ends here now.
  void wake(std::int64_t position) { follower_.wake(position); }
  /// Any thread: answered on the keeper's. False when too many questions wait already.
  bool find(CallerRef caller, std::function<void(CallersRecords)> answer);
  /// The same of whoever this incident was opened for.
  bool find_of(IncidentId incident, std::function<void(CallerRef, CallersRecords)> answer);
  /// Any thread: the callers' numbers have no reference any more. Those that are not told now are orphaned again.
  void unlinked(std::vector<CallerRef> callers);
  /// Any thread: of the last event it has read.
  std::int64_t position() const { return follower_.position(); }
  FollowerCondition condition() const { return follower_.condition(); }

  static constexpr std::int64_t kFoundMax = 1'000;  ///< records of one caller that are shown and forgotten at once; own
  static constexpr std::int64_t kOverMax = 500;     ///< records of a kind a minute: 700,000 a day, three times the
                                                    ///< nation's calls; own

 private:
  CallersRecords of(CallerRef caller, std::int64_t end);
  ports::JournalHead head() override { return index_->head(); }
  Result<bool> begin_anew() override { return index_->begin_anew(); }
  Result<bool> take(const std::vector<core::Event>& events, const ports::JournalHead& head) override;
  /// What happened lately to a record is known then, before it is called old.
  void caught_up() override;

  std::unique_ptr<ports::RecordIndex> index_;
  privacy::Terms terms_;
  Clock clock_;
  Hooks hooks_;
  JournalFollower follower_;
};

}  // namespace sigap::runtime
