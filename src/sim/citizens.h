// Those who call: by the hour, in surges about one event, from one number in a flood; who lose patience, call again,
// say nothing, or only play.
#pragma once
#include <vector>

#include "base/id_map.h"
#include "sim/hands.h"

namespace sigap::sim {

enum class Intent { genuine, silent, ghost, prank };
inline bool needs_help(Intent intent) {
  return intent == Intent::genuine || intent == Intent::silent;
}

class Citizens {
 public:
  Citizens(Stage& stage, Hands& hands);

  /// From now until the scenario's end.
  void begin();
  void event(const core::Event& event);
  void everybody_hangs_up();
  /// What a call is about, until it is closed; who was called back needs help.
  Intent intent_of(CallId call) const;
  /// The genuine whose call the server took note of, and how many of them spoke with a person, in this try or a later.
  std::int64_t genuine() const { return genuine_; }
  std::int64_t genuine_answered() const { return genuine_answered_; }

 private:
  struct Citizen {
    Intent intent = Intent::genuine;
    core::CallArrives call;
    bool answered = false;
    std::int64_t tries = 0, listening = 0;  ///< of the last event that they act on
  };
  void next_call();
  void flood(const Flood& flood, CallerRef number);
  /// Stations' shares of the calls of an hour.
  void hour(Duration at);
  std::int64_t rate(Duration at, Duration slot);
  const stations::Station& origin();
  void dials(std::int64_t who);
  void gives_up(std::int64_t who);
  void presses(std::int64_t who, const std::string& digit, Duration time);
  void moves(std::int64_t who);
  void writes(std::int64_t who);
  void line_dead(std::int64_t who);
  Citizen citizen();

  Stage& stage_;
  Hands& hands_;
  IdMap<std::int64_t, Citizen> people_;
  struct Call {
    std::int64_t who = 0;  ///< may have hung up and be gone
    Intent intent = Intent::genuine;
  };
  IdMap<CallId, Call> calls_;  ///< until they are closed
  std::vector<const stations::Station*> origins_;
  std::vector<std::int64_t> upto_;  ///< running sum of weights, or of an hour's rates
  std::int64_t hour_ = -1;
  std::int64_t count_ = 0, of_all_hours_ = 0, next_us_ = 0, genuine_ = 0, genuine_answered_ = 0;
};

}  // namespace sigap::sim
