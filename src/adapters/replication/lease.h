// A leader's lease: renewed at the witness each second, and held valid for 3 s from the start of the last renewal that
// succeeded; the witness counts 4 s from when it heard of it, so the leader's ends first whatever the network does.
// Thread-safe.
#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <thread>

#include "adapters/replication/witness_client.h"

namespace sigap::replication {

class Lease {
 public:
  static constexpr std::chrono::milliseconds kValid{3000};
  static constexpr std::chrono::milliseconds kRenewEvery{1000};
  static constexpr std::chrono::milliseconds kTryAgain{250};

  /// `started` is when the question was sent whose answer granted `epoch`.
  Lease(WitnessClient& witness, std::string node, std::int64_t epoch, Deadline started);
  ~Lease() { stop(); }
  /// Renews from now on. `over` is called, on the lease's thread, when the witness says that another leads ("fenced"),
  /// and again and again while the lease is not valid ("isolated").
  void keep(std::function<void(const Refusal&)> over);
  void stop();
  bool valid() const { return SteadyClock::now() < until_.load(); }
  /// Has the witness note which machine has everything; empty: none. One at a time, in order. Refusals:
  /// WitnessClient's.
  Result<bool> mark(const std::string& in_sync);
  /// Since the last mark the witness lost its memory (it was replaced): what was noted must be noted again.
  bool forgotten() const { return forgotten_; }
  std::int64_t epoch() const { return epoch_; }

 private:
  void run();
  bool renew();

  WitnessClient& witness_;
  std::string node_;
  std::int64_t epoch_;
  std::atomic<Deadline> until_;
  std::function<void(const Refusal&)> over_;
  std::mutex marking_;
  std::atomic<std::int64_t> marks_ = 0;
  std::atomic<bool> forgotten_ = false;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace sigap::replication
