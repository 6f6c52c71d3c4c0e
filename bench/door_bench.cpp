// A caller's time from INVITE to 100 at the SIP door while strangers flood it, against none. The flood is ten times the
// nation's busiest second as the crowd has it (bench/crowd.mjs: 400 calls a second). No journal: 100 at once.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "adapters/sip/raw_phone.h"
#include "adapters/sip/sip_hand.h"

namespace sigap::sip {
namespace {

using Clock = std::chrono::steady_clock;

/// The n-th of the sorted, in microseconds.
double at(std::vector<double> times, double share) {
  std::sort(times.begin(), times.end());
  return times.at(static_cast<std::size_t>(share * static_cast<double>(times.size() - 1)));
}

std::vector<double> calls(SipHand& hand, int count) {
  std::vector<double> times;
  for (int i = 0; i < count; ++i) {
    RawPhone phone(hand.port(), false);
    const auto began = Clock::now();
    phone.say(phone.invite());
    while (phone.hear(30'000).rfind("SIP/2.0 100", 0) != 0)
      if (Clock::now() - began > std::chrono::seconds(30)) break;
    times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - began).count());
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return times;
}

/// Plays a journal that has each call at once.
class Takes final : public ports::TelephonyListener {
 public:
  explicit Takes(SipHand& hand) : hand_(hand) {}
  void call_arrived(ports::IncomingCall call) override { hand_.proceed(call.leg); }
  void leg_confirmed(LegId) override {}
  void voice_described(LegId, ports::VoiceDescription) override {}
  void key_pressed(LegId, std::string) override {}
  void callee_rings(LegId) override {}
  void callee_answered(LegId, ports::CalleeAnswer) override {}
  void caller_moved(LegId, ports::CallerPlace) override {}
  void text_arrived(ports::IncomingText) override {}
  void door_reported(ports::DoorReport) override {}
  void leg_ended(LegId, ports::LegEndedBy, std::string) override {}

 private:
  SipHand& hand_;
};

}  // namespace
}  // namespace sigap::sip

int main(int argc, char** argv) {
  using namespace sigap::sip;
  const int rate = argc > 1 ? std::atoi(argv[1]) : 4000;  // a second
  constexpr int kCalls = 500;
  SipHand hand;
  Takes takes(hand);
  if (!hand.start({"127.0.0.1", 0, {{{"trunk"}, {"127.0.0.1"}}}}, takes)) return 1;
  const auto quiet = calls(hand, kCalls);
  std::atomic<bool> over{false};
  std::atomic<int> sent{0};
  std::thread flood([&] {
    RawPhone stranger(hand.port(), false, "127.0.0.2");
    const auto began = Clock::now();
    while (!over) {
      const auto due = std::chrono::duration<double>(Clock::now() - began).count() * rate;
      for (; sent < due; ++sent) {
        stranger.call_id = "flood" + std::to_string(sent);
        stranger.say(stranger.invite());
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  const auto flooded = calls(hand, kCalls);
  over = true;
  flood.join();
  std::printf("to 100, microseconds: none p50 %.0f p99 %.0f; %d strangers' INVITEs (%d a second) p50 %.0f p99 %.0f\n",
              at(quiet, 0.5), at(quiet, 0.99), sent.load(), rate, at(flooded, 0.5), at(flooded, 0.99));
  std::printf("ratio p50 %.2f p99 %.2f; transactions %lld for %d calls; strangers heard %lld\n",
              at(flooded, 0.5) / at(quiet, 0.5), at(flooded, 0.99) / at(quiet, 0.99),
              static_cast<long long>(hand.transactions()), 2 * kCalls, static_cast<long long>(hand.health().strangers));
  return 0;
}
