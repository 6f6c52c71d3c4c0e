// Lets the io_context run until something is true. Whoever sits at the keyboard may lose patience: after SIGINT or
// SIGTERM nothing is waited for any more, so that a drill in a line that runs lets its callers go before it ends.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <csignal>
#include <cstdint>

namespace sigap::drill {

using Clock = std::chrono::steady_clock;

inline double ms_since(Clock::time_point t) {
  return std::chrono::duration<double, std::milli>(Clock::now() - t).count();
}

/// A limit for what stands still, not for what is slow: how long something takes is the machine's matter.
class Standstill {
 public:
  explicit Standstill(Clock::duration most) : most_(most) {}
  /// `moved` is anything that is another number when there was progress.
  bool over(std::int64_t moved) {
    if (moved != moved_) {
      moved_ = moved;
      since_ = Clock::now();
    }
    return Clock::now() - since_ > most_;
  }

 private:
  Clock::duration most_;
  std::int64_t moved_ = -1;
  Clock::time_point since_ = Clock::now();
};

class Patience {
 public:
  explicit Patience(boost::asio::io_context& io) : io_(io), signals_(io, SIGINT, SIGTERM) { listen(); }
  /// Whether it became true within `most`.
  template <class Condition>
  bool wait(Condition condition, Clock::duration most) {
    const auto end = Clock::now() + most;
    while (!condition()) {
      if (lost_ || Clock::now() > end) return false;
      io_.run_for(kLook);
    }
    return true;
  }
  /// Whether it became true before nothing moved for `still`.
  template <class Condition, class Moved>
  bool wait_while(Condition condition, Moved moved, Clock::duration still) {
    Standstill standstill(still);
    while (!condition()) {
      if (lost_ || standstill.over(moved())) return false;
      io_.run_for(kLook);
    }
    return true;
  }
  void pass(Clock::duration time) {
    (void)wait([] { return false; }, time);
  }
  bool lost() const { return lost_; }
  /// Waits wait again.
  void regain() { lost_ = false; }
  boost::asio::io_context& io() { return io_; }

 private:
  static constexpr std::chrono::milliseconds kLook{5};
  void listen() {
    signals_.async_wait([this](boost::system::error_code stopped, int) {
      if (stopped) return;
      lost_ = true;
      listen();
    });
  }

  boost::asio::io_context& io_;
  boost::asio::signal_set signals_;
  bool lost_ = false;
};

}  // namespace sigap::drill
