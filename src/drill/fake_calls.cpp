#include "drill/fake_calls.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>

#include "drill/caller.h"

namespace sigap::drill {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// The callers of one run. Lives on the io_context's thread.
class Line {
 public:
  Line(const Path& path, const FakeCalls& plan)
      : path_(path), plan_(plan), next_(Clock::now() + kFirst), packets_(io_) {}
  void run() {
    tick();
    io_.run();
  }

 private:
  static constexpr milliseconds kPacket{20};
  static constexpr std::chrono::seconds kFirst{5};    ///< somebody who has just started it finds the page first; own
  static constexpr std::chrono::seconds kGoodbye{5};  ///< for the 200 of a BYE; then nobody is there

  void tick() {
    const auto now = Clock::now();
    if (caller_) {
      caller_->voice().tick();
      const auto state = caller_->state();
      const bool there = state == Caller::State::dialling || state == Caller::State::answered;
      if (there && now >= began_ + std::chrono::seconds(plan_.lasts_s)) caller_->hang_up();
      if (state == Caller::State::ended || now >= began_ + std::chrono::seconds(plan_.lasts_s) + kGoodbye) hung_up();
    }
    if (!caller_ && plan_.calls != 0 && made_ == plan_.calls) return;
    if (!caller_ && now >= next_) call(now);
    packets_.expires_after(kPacket);
    packets_.async_wait([this](boost::system::error_code) { tick(); });
  }
  void call(Clock::time_point now) {
    ++made_;
    began_ = now;
    next_ = now + std::chrono::seconds(plan_.every_s);
    caller_ = std::make_unique<Caller>(io_, path_, static_cast<int>(made_));
    caller_->dial();
    say("calls");
  }
  void hung_up() {
    const auto by = caller_->ended_by();
    say(by == Caller::EndedBy::server    ? "was hung up on by the operator"
        : by == Caller::EndedBy::refused ? "was turned away"
        : by == Caller::EndedBy::caller  ? "hung up"
                                         : "heard nothing: does the server run?");
    caller_.reset();
  }
  void say(const char* what) const {
    fmt::print("fake caller {}: {}\n", made_, what);
    std::fflush(stdout);
  }

  boost::asio::io_context io_;
  Path path_;
  FakeCalls plan_;
  Clock::time_point next_, began_;
  boost::asio::steady_timer packets_;
  std::unique_ptr<Caller> caller_;
  std::int64_t made_ = 0;
};

}  // namespace

void make_fake_calls(const Path& path, const FakeCalls& plan) {
  Line(path, plan).run();
}

}  // namespace sigap::drill
