// What a drill saw, and the table that tells it. Whether somebody was lost is decided by the rows; gaps in the voices
// are told beside those of the calm before, and decide nothing: a machine that stutters is not a server that fails.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace sigap::drill {

/// The longest gap between two RTP packets at any caller.
struct Gap {
  double ms = 0, began_s = 0;  ///< how long, and how long after its measure began
  void longer(const Gap& other) {
    if (other.ms > ms) *this = other;
  }
};
struct Gaps {
  Gap calm, fault;  ///< before the fault, and from it on
};

/// A row of the table that only one kind of fault has.
struct Finding {
  std::string what;
  bool holds = false;
  std::string seen;
};

struct Tally {
  int waiting = 0, talking = 0;  ///< callers
  int served = 0;                ///< who came and went between two faults
  int there = 0;                 ///< callers answered and hearing something, 3 s after the return
  int desks_back = 0;
  double back_after_ms = 0;                   ///< the last console
  std::string back_after_what;                ///< "its start", "the fault"
  int given_200 = 0;                          ///< callers
  std::optional<int> in_journal;              ///< of these; nothing: it was not to be seen
  int answered_later = 0;                     ///< of those from the queue who did not give up
  int ended = 0;                              ///< by BYE and its 200, from either side
  std::optional<std::int64_t> left_at_media;  ///< more than before; nothing: it was not asked
  std::vector<Finding> findings;
  Gaps talking_gaps, waiting_gaps;
  double late_calm_ms = 0, late_fault_ms = 0;   ///< the drill itself with a packet: callers hear an operator through it
  std::chrono::milliseconds calm{0}, fault{0};  ///< for how long gaps were measured
};

/// Prints it; whether nobody was lost.
bool tell(const Tally& tally);

}  // namespace sigap::drill
