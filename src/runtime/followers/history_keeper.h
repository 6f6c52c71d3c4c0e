// Keeps the history: a follower of the journal, and a thread on which questions about it are answered.
//   events -> historian -> store            question -> reader's thread -> answer
// Invariants: those of journal_follower.h; a store that is away, slow or full keeps nobody waiting but whoever asked
// about the past; what the store did not take is made anew of the store and the journal.
#pragma once
#include <functional>
#include <memory>

#include "runtime/followers/historian.h"
#include "runtime/followers/journal_follower.h"
#include "runtime/worker.h"

namespace sigap::runtime {

class HistoryKeeper final : private ports::Follower {
 public:
  /// `journal` and `keys` are the follower's thread's own; `reader` is the other thread's. `refused` is told on the
  /// follower's.
  HistoryKeeper(std::unique_ptr<ports::ReplicaJournal> journal, std::unique_ptr<codec::Sealer> keys,
                std::unique_ptr<ports::HistoryStore> store, std::unique_ptr<ports::HistoryReader> reader,
                std::function<void(const Refusal&)> refused);
  ~HistoryKeeper() override { stop(); }
  void start() { follower_.start(); }
  /// However the store's database is, this takes no longer than to connect to it.
  void stop();

  /// Any thread: the journal ends here now.
  void wake(std::int64_t position) { follower_.wake(position); }
  /// Any thread: `question` is asked on the reader's. False when too many wait already. Where the store was away, the
  /// follower looks for it again: somebody wants to know.
  bool ask(std::function<void(ports::HistoryReader&)> question) {
    if (!follower_.condition().problem.empty()) follower_.post([] {});
    return asked_.post([this, question = std::move(question)] { question(*reader_); });
  }
  /// Any thread: of the last event that it has taken, and of the last one there is.
  std::int64_t position() const { return follower_.position(); }
  std::int64_t behind() const { return follower_.condition().behind; }
  FollowerCondition condition() const { return follower_.condition(); }

 private:
  ports::JournalHead head() override;
  Result<bool> begin_anew() override;
  Result<bool> take(const std::vector<core::Event>& events, const ports::JournalHead& head) override;

  std::unique_ptr<codec::Sealer> keys_;
  std::unique_ptr<ports::HistoryStore> store_;
  std::unique_ptr<ports::HistoryReader> reader_;
  Historian historian_;
  bool loaded_ = false;  ///< the historian has what the store has
  JournalFollower follower_;
  Worker asked_;  ///< last here: it stops first
};

}  // namespace sigap::runtime
