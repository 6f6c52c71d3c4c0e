// Somebody who is no party of any call and sends RTP to the media's ports, for tests.
#pragma once
#include <atomic>
#include <string>
#include <thread>

#include "adapters/media/rtp_caller.h"

namespace sigap::media {

/// Speaks to each of the media's ports at once, presses 5 there, and counts what comes back, until stopped.
class Stranger {
 public:
  static constexpr unsigned char kSays = 0x3c;

  Stranger(std::uint16_t first, std::uint16_t last, const std::string& from = "127.0.0.1")
      : voice_(from), thread_([this, first, last] {
          while (!stop_) {
            for (std::uint16_t port = first; port <= last; ++port) {
              voice_.say(port, kSays);
              if (rounds_ % 8 == 0) voice_.press_at_once(port, 5);
            }
            got_ += voice_.listen(20);
            ++rounds_;
          }
        }) {}
  ~Stranger() { got(); }
  Stranger(const Stranger&) = delete;
  Stranger& operator=(const Stranger&) = delete;
  /// Packets, when it has stopped.
  int got() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
    return got_;
  }
  void goes_on() const {
    for (const int now = rounds_; rounds_ < now + 10;) ::usleep(10'000);
  }

 private:
  RtpCaller voice_;
  std::atomic<bool> stop_ = false;
  std::atomic<int> rounds_ = 0;
  int got_ = 0;
  std::thread thread_;
};

}  // namespace sigap::media
