// What a drill saw, and the table that tells it. Whether somebody was lost is decided by the rows; gaps in the voices
// are told beside those of the calm before, and decide nothing: a machine that stutters is not a server that fails.
#pragma once
#include <chrono>
#include <optional>
#include <string>

namespace sigap::drill {

/// The longest gap between two RTP packets at any caller, in ms, before the blow and from it on.
struct Gap {
  double calm = 0, blow = 0;
};

struct Tally {
  int waiting = 0, talking = 0;  ///< callers
  int there = 0;                 ///< callers answered and hearing something, 3 s after the return
  int desks_back = 0;
  double back_after_ms = 0;                   ///< the last console
  std::string back_after_what;                ///< "its start", "the blow"
  int given_200 = 0;                          ///< callers
  std::optional<int> in_journal;              ///< of these; nothing: it was not to be seen
  int answered_later = 0;                     ///< of those from the queue who did not give up
  int ended = 0;                              ///< by BYE and its 200, from either side
  std::optional<std::int64_t> left_at_media;  ///< more than before; nothing: it was not asked
  Gap talking_gap, waiting_gap;
  std::chrono::milliseconds calm{0}, blow{0};  ///< for how long gaps were measured
};

/// Prints it; whether nobody was lost.
bool tell(const Tally& tally);

}  // namespace sigap::drill
