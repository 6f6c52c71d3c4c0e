// Closed files are made durable, measured and hashed beside the packets, in a thread of its own: a long recording takes
// a tenth of a second, in which a large node gets ten thousand packets.
#pragma once
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>

#include "recording/orders.h"

namespace sigap::recorder {

class Finisher {
 public:
  /// `done` is told in this thread.
  Finisher(std::filesystem::path folder, std::function<void(recording::Closed)> done);
  ~Finisher();  ///< what waits is left: whoever asked asks again
  void finish(RecordingId recording);

 private:
  void work();
  std::filesystem::path folder_;
  std::function<void(recording::Closed)> done_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<RecordingId> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

/// What there is to say of a file that is closed; all zero where there is none.
recording::Closed measure(const std::filesystem::path& folder, RecordingId recording);

}  // namespace sigap::recorder
