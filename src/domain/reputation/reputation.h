// How much a number is doubted because of what its earlier calls turned out to be. Doubt never blocks a caller, it only
// puts a call a little behind others that wait (distribution/ranking.h).
// Invariants: a number is only known by its keyed hash; doubt halves by itself in a month, so nobody is marked for
// ever; one genuine call, or a supervisor, takes all of it away. Whole numbers only: a replay must agree to the last
// point. Source: up to 98 % of emergency calls are ghost or prank calls, each of which may be genuine (EENA 3.1.1).
#pragma once
#include <cstdint>

#include "base/ids.h"
#include "base/time.h"

namespace sigap::reputation {

// Enumerations here are written to the journal: do not rename.
/// What a call turned out to be.
enum class Mark {
  prank,  ///< somebody made fun of the line
  ghost   ///< silent, and no key was pressed: a pocket, a child, or somebody who could not even press one
};
enum class ClearReason {
  genuine,  ///< a call of this number was a real report
  forgiven  ///< a supervisor took it away
};

/// Of points; own. A month is long enough to see a habit and short enough for a number that changes hands.
inline constexpr Duration kHalfLife = hours(std::int64_t{30} * 24);
/// Points of a prank and of a ghost; own. A ghost weighs little: it may be somebody who cannot speak.
inline constexpr std::int64_t kPrankPoints = 100, kGhostPoints = 30;
/// From here on a call is doubted; own: two pranks within a month, or five ghosts at once. One alone may be a mistake.
inline constexpr std::int64_t kDoubtedFrom_points = 150;
/// More than eight pranks say nothing new; own. After at most 75 days of quiet even these are believed again.
inline constexpr std::int64_t kPointsMax = 800;
/// Numbers kept, some 100 MB at most; own. Beyond, who is nearest to being forgotten is forgotten now.
inline constexpr std::size_t kNumbersMax = 1'000'000;

struct Reputation {
  std::int64_t points = 0;  ///< as of `since`; they decay from there
  Instant since;
  Instant gone;  ///< nothing is left of the points
  std::int64_t pranks = 0;
  std::int64_t ghosts = 0;
};

}  // namespace sigap::reputation
