// Lets the io_context run until something is true. Whoever sits at the keyboard may lose patience: after SIGINT or
// SIGTERM nothing is waited for any more, so that a drill in a line that runs lets its callers go before it ends.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <csignal>

namespace sigap::drill {

using Clock = std::chrono::steady_clock;

inline double ms_since(Clock::time_point t) {
  return std::chrono::duration<double, std::milli>(Clock::now() - t).count();
}

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
