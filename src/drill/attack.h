// A stranger who attacks the line: messages from an address that is no trunk, sound to every port of the media process,
// packets whose Via names a victim, requests within calls whose names they have read, guesses at passwords, connections
// that say nothing. Everything on loopback: the
// stranger is 127.0.0.2, the victim 127.0.0.3. Threads of its own; bounded in time and rate.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

#include "drill/path.h"

namespace sigap::drill {

inline constexpr char kStrangersAddress[] = "127.0.0.2";

struct AttackPlan {
  int invites_per_s = 4'000;  ///< ten times the nation's busiest second (docs/performance.md)
  int seconds = 8;
  int idle_connections = 300;
  int rtp_min = 0, rtp_max = 0;  ///< the media process's ports
};

class Attack {
 public:
  /// `calls`: whose names the stranger has read on the way.
  Attack(const Path& path, const AttackPlan& plan, std::vector<Overheard> calls);
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
  std::int64_t forged() const { return forged_; }                      ///< requests within calls of others
  std::int64_t forged_heard() const { return forged_heard_; }          ///< of these, what was answered with a 2xx
  std::int64_t connections() const { return connections_; }            ///< to the SIP port, which said nothing
  std::int64_t connections_left() const { return connections_left_; }  ///< of these, what the server did not end

 private:
  bool goes_on() const { return std::chrono::steady_clock::now() < ends_; }
  void flood();
  void speak_into_calls();
  void guess();
  void forge();
  void hold();

  Path path_;
  AttackPlan plan_;
  std::vector<Overheard> calls_;
  std::chrono::steady_clock::time_point ends_;
  std::atomic<int> running_{0};
  std::atomic<std::int64_t> sent_{0}, answers_{0}, reflected_{0}, sound_sent_{0}, sound_heard_{0}, guesses_{0},
      forged_{0}, forged_heard_{0}, connections_{0}, connections_left_{0};
  std::vector<std::thread> threads_;
};

}  // namespace sigap::drill
