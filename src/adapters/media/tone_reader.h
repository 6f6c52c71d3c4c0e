// Reads keys out of the sound itself: what a trunk without telephone-event (RFC 4733) leaves of them.
// One block after the other is asked how much of the eight tones it holds (Goertzel); a key counts when three blocks in
// a row say the same, and once until it is let go. Sources: ITU-T Q.23 (the tones), Q.24 (40 ms is a key, twist).
// Invariant: no key is read out of speech for what one block happens to hold: two tones, nothing else, for long enough.
#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "recording/g711.h"

namespace sigap::media {

using recording::from_a_law, recording::from_mu_law, recording::Sample;

class ToneReader {
 public:
  /// A key when it has just become certain.
  std::optional<char> hear(Sample sample);

 private:
  /// 12.75 ms: the first null of a block's spectrum falls on the neighbouring tone.
  static constexpr int kBlock = 102;
  static constexpr int kBlocksOfAKey = 3, kBlocksLetGo = 2;

  struct Goertzel {
    double last = 0, before = 0;
  };

  char block_says() const;

  std::array<Goertzel, 8> tones_{};
  double energy_ = 0;
  int samples_ = 0;
  char seen_ = 0;  ///< in the blocks before; 0: none
  int blocks_ = 0;
  char told_ = 0;  ///< and not let go yet
};

}  // namespace sigap::media
