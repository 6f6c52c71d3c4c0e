// Brings the newest checkpoint to the standby, on a connection and a thread of its own: tens of megabytes must not
// stand in the way of an append. Only the newest one waits; one that does not arrive is not missed, for the next one
// comes.
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "adapters/replication/messages.h"
#include "adapters/replication/requester.h"

namespace sigap::replication {

class CheckpointShipper {
 public:
  static constexpr std::chrono::milliseconds kPatience{10'000};  ///< 40 MB over 100 Mbit/s and a disk, with room; own

  CheckpointShipper(Address standby, const ClusterKey& key, std::int64_t epoch);
  ~CheckpointShipper();
  /// Any thread. One that the standby has, or an older one, is not sent.
  void offer(ports::Checkpoint checkpoint);
  /// The standby may be another one now.
  void begin_again();

 private:
  void run();

  Requester standby_;
  std::int64_t epoch_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<ports::Checkpoint> waiting_;
  std::int64_t there_ = 0;  ///< position of the newest one that arrived
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace sigap::replication
