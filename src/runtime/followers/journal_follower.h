// Reads the journal to a follower, on a thread of its own.
//   commit -> wake() -> journal, from where the follower is -> batches -> Follower::take
// Invariants: the core never waits here; whatever happens to a follower (slow, stuck, refusing), everything else goes
// on, and condition() shows it; what was taken is read again at most once, after a crash.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "codec/sealer.h"
#include "ports/follower.h"
#include "ports/replica.h"

namespace sigap::runtime {

/// What /healthz says of a follower.
struct FollowerCondition {
  std::string name;
  std::int64_t behind = 0;  ///< events in the journal that it has not taken
  std::string problem;      ///< the refusal that it stands still for; empty: none
};

class JournalFollower {
 public:
  /// `journal` is this thread's own, opened to be read beside the one that is written. `refused` is told on this
  /// thread; the same events are tried again in kLookEvery, or at once where the follower is elsewhere ("moved"). With
  /// a sealer, which is this thread's own too, the follower is given what is personal; without one it is not.
  JournalFollower(std::string name, std::unique_ptr<ports::ReplicaJournal> journal, ports::Follower& follower,
                  std::function<void(const Refusal&)> refused, codec::Sealer* sealer = nullptr);
  ~JournalFollower();
  void start();
  void stop();

  /// Any thread: the journal ends here now.
  void wake(std::int64_t position);
  /// Any thread: `job` is done on the follower's. False when kJobsMax wait already.
  bool post(std::function<void()> job);
  /// Any thread: of the last event that was taken, and of the last one there is.
  std::int64_t position() const { return position_; }
  std::int64_t end() const { return end_; }
  /// Any thread.
  FollowerCondition condition() const;

  static constexpr std::int64_t kBatch = 2'000;          ///< events: a transaction of some 100 kB; own
  static constexpr std::size_t kJobsMax = 64;            ///< own
  static constexpr std::chrono::seconds kLookEvery{60};  ///< own

 private:
  void run();
  /// Where the follower is. It may ask a database that does not answer soon: on the follower's thread.
  void find_place();
  enum class Progress { caught_up, more, failed };
  /// What is new, a batch.
  Progress follow();

  std::string name_;
  std::unique_ptr<ports::ReplicaJournal> journal_;
  ports::Follower& follower_;
  std::function<void(const Refusal&)> refused_;
  codec::NoKeys no_keys_;
  codec::Sealer& sealer_;
  std::atomic<std::int64_t> position_{0}, end_{0};
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  std::string problem_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace sigap::runtime
