// Keeps the record index: reads the journal behind the core, on a thread of its own, and says what is kept too long.
//   commit -> wake() -> journal, from where the index is -> notes -> index
//   each minute: what nothing has happened to for its term -> Hooks::over; callers of whom nothing is left ->
//   Hooks::orphaned
// Invariants: the core never waits here; slow, stuck or without an index, everything else goes on, and position() shows
// it; what was read is read again at most once, after a crash. Nothing is remembered but in the index.
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "codec/sealer.h"
#include "domain/privacy/retention.h"
#include "ports/record_index.h"
#include "ports/replica.h"
#include "runtime/core_thread.h"

namespace sigap::runtime {

/// Of one caller, the newest first.
struct CallersRecords {
  std::vector<RecordFound> records;
  bool behind = false;  ///< what was in the journal when it was asked for is not all read yet
  bool more = false;    ///< there are more records of theirs
};

class RecordKeeper {
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
  ~RecordKeeper();
  void start();
  void stop();

  /// Any thread: the journal ends here now.
  void wake(std::int64_t position);
  /// Any thread: answered on the keeper's. False when kQuestionsMax wait already.
  bool find(CallerRef caller, std::function<void(CallersRecords)> answer);
  /// Any thread: the caller's number has no reference any more.
  void unlinked(std::vector<CallerRef> callers);
  /// Any thread: of the last event it has read.
  std::int64_t position() const { return position_; }

  static constexpr std::int64_t kBatch = 2'000;     ///< lines: a transaction of some 100 kB; own
  static constexpr std::int64_t kFoundMax = 1'000;  ///< records of one caller that are shown and forgotten at once; own
  static constexpr std::int64_t kOverMax = 500;     ///< records of a kind a minute: 700,000 a day, three times the
                                                    ///< nation's calls; own
  static constexpr std::size_t kQuestionsMax = 64;  ///< own
  static constexpr std::chrono::seconds kLookEvery{60};  ///< own

 private:
  void run();
  enum class Progress { caught_up, more, failed };
  /// What is new, a batch.
  Progress follow();
  void look_at_terms();

  std::unique_ptr<ports::ReplicaJournal> journal_;
  std::unique_ptr<ports::RecordIndex> index_;
  privacy::Terms terms_;
  Clock clock_;
  Hooks hooks_;
  codec::NoKeys no_keys_;
  std::atomic<std::int64_t> position_{0}, end_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> questions_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace sigap::runtime
