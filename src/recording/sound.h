// A recording as sound: G.711 in RTP packets becomes samples on a line of time, a channel each, silence where nothing
// came. Sources: ITU-T G.711; RFC 3550 section 5.1 (RTP), RFC 3551 section 4.5.14 (PCMU is 0, PCMA is 8).
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "recording/g711.h"
#include "recording/reader.h"

namespace sigap::recording {

/// Of one recording; own: no call is as long, and no file may have us take memory without end. 460 MB of stereo.
inline constexpr Duration kSoundMax = hours(4);

struct Sound {
  Instant from;  ///< of the first sample
  /// One a channel, all of one length: 0 the caller, 1 whoever answered. At least two.
  std::vector<std::vector<Sample>> channels;
  Account account;
  Duration length() const;
};

/// The refusals of read(); "too_long": beyond kSoundMax.
Result<Sound> sound_of(const std::filesystem::path& file, const SecretKey& key);

/// A WAV file (RIFF, PCM of 16 bits) of all channels.
std::string wav(const Sound& sound);

/// Puts packets in their place. They may come in any order; one of another codec than G.711 is left out and counted.
class Ear {
 public:
  explicit Ear(Instant from) : from_(from) {}
  void hear(const Packet& packet);
  /// Silence up to `until` where a channel is shorter. Nothing may be heard after it.
  std::vector<std::vector<Sample>> take(Instant until);
  std::int64_t passed_over() const { return passed_over_; }
  bool too_long() const { return too_long_; }

 private:
  /// One sender's packets: their places follow from their own clock, which is set to ours when they drift apart.
  struct Stream {
    std::uint32_t stamp = 0;  ///< of the packet that was put last
    std::int64_t place = 0;   ///< where it began
  };
  Instant from_;
  std::vector<std::vector<Sample>> channels_{2};
  std::map<std::pair<Channel, std::uint32_t>, Stream> streams_;
  std::int64_t passed_over_ = 0;
  bool too_long_ = false;
};

}  // namespace sigap::recording
