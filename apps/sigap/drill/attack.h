// A stranger who attacks the line: messages from an address that is no trunk, sound to every port of the media process,
// packets whose Via names a victim, guesses at passwords, connections that say nothing. Everything on loopback: the
// stranger is 127.0.0.2, the victim 127.0.0.3. Threads of its own; bounded in time and rate.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

#include "sigap/drill/way.h"

namespace sigap::drill {

struct AttackPlan {
  int invites_per_s = 4'000;  ///< ten times the nation's busiest second (docs/performance.md)
  int seconds = 8;
  int idle_connections = 300;
  int rtp_min = 0, rtp_max = 0;  ///< the media process's ports
};

class Attack {
 public:
  Attack(const Way& way, const AttackPlan& plan);
  ~Attack();
  Attack(const Attack&) = delete;
  Attack& operator=(const Attack&) = delete;
  bool over() const { return running_ == 0; }

  // What it came to, once it is over.
  std::int64_t sent() const { return sent_; }                ///< SIP messages
  std::int64_t answers() const { return answers_; }          ///< to them
  std::int64_t reflected() const { return reflected_; }      ///< packets that reached the victim
  std::int64_t sound_sent() const { return sound_sent_; }    ///< RTP packets
  std::int64_t sound_heard() const { return sound_heard_; }  ///< packets of callers' sound that came to the stranger
  std::int64_t guesses() const { return guesses_; }

 private:
  bool goes_on() const { return std::chrono::steady_clock::now() < ends_; }
  void flood();
  void speak_into_calls();
  void guess();

  Way way_;
  AttackPlan plan_;
  std::chrono::steady_clock::time_point ends_;
  std::atomic<int> running_{0};
  std::atomic<std::int64_t> sent_{0}, answers_{0}, reflected_{0}, sound_sent_{0}, sound_heard_{0}, guesses_{0};
  std::vector<std::thread> threads_;
};

}  // namespace sigap::drill
