// Whether a process of ours is alive, slow or dead. Slow is not dead: the cure for a dead one cuts every voice, so a
// missed answer counts only where it had its chance to answer and we had ours to hear it.
// Signs beside the answer itself: were we late for this look; has the process ended; did it work since the last look;
// did it wait for a processor (it is starved, and so may we be). Pure: no clock, no process.
#pragma once
#include <optional>

#include "base/time.h"
#include "process/signs.h"

namespace sigap::process {

struct Sighting {
  Duration since_last;           ///< between this look and the one before
  bool answered = false;         ///< since the last look
  bool refused = false;          ///< nobody listens there
  std::optional<Signs> process;  ///< nothing: it cannot be seen from here
};

enum class Vitality { alive, slow, dead };

class Watchdog {
 public:
  /// Looks are to be made this far apart.
  static constexpr Duration kEvery = milliseconds(500);
  /// One that is later was made by somebody who is starved: what it did not hear proves nothing.
  static constexpr Duration kLate = milliseconds(1000);
  /// It stood still, or cannot be seen: 5 s in which it could have answered ten times; own.
  static constexpr int kStillIsDeath_looks = 10;
  /// It works and is not starved, but does not answer: voices may flow through it, so it gets 30 s; own.
  static constexpr int kDeafIsDeath_looks = 60;
  /// A port that nobody listens at is no lost datagram: so many looks is it worth; own.
  static constexpr int kRefused_looks = 5;

  Vitality look(const Sighting& seen);
  /// Another process is watched from now on.
  void begin_anew() { *this = {}; }

 private:
  std::optional<Signs> before_;
  int still_ = 0, deaf_ = 0;
};

}  // namespace sigap::process
