// One thread for slow arithmetic (password hashes), with a bounded queue.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace sigap::runtime {

class Worker {
 public:
  Worker() : thread_([this] { run(); }) {}
  ~Worker();
  /// False when the queue is full (kMost): about two seconds of Argon2id.
  bool post(std::function<void()> job);

  static constexpr std::size_t kMost = 100;

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace sigap::runtime
