// What server and recorder say to each other: lines of words over a socket of the file system.
//   server:   open RECORDING KEY CHANNEL PORT SINCE | close RECORDING | how
//   recorder: here VERSION PROCESS PARENT PORT | has RECORDING | ready | full 0/1 | closed RECORDING BYTES SHA256
//   LASTED
//             MISSING | stands OPEN PACKETS UNCLAIMED DROPPED FREE
// The recorder begins with `here`, all that it `has`, whether it is `full`, and `ready`. `how` is answered by `stands`.
// Invariant: a line that is none is refused as a whole; none is longer than kLineMax_bytes.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/ids.h"
#include "base/time.h"
#include "recording/format.h"

namespace sigap::recording {

inline constexpr std::size_t kLineMax_bytes = 512;
/// In the folder of recordings.
inline constexpr const char* kSocketName = "recorder.sock";

/// Whose packets come from a port, since when (the system's clock: what came before was somebody else's).
struct Claim {
  RecordingId recording;
  PublicKey key{};
  Channel channel = kCaller;
  std::uint16_t port = 0;
  Instant since;
};
struct Close {
  RecordingId recording;
};
struct How {};
using Order = std::variant<Claim, Close, How>;

struct Here {
  int process = 0, parent = 0;
  std::uint16_t port = 0;  ///< where it hears
};
struct Has {
  RecordingId recording;
};
struct Ready {};
struct Full {
  bool full = false;
};
struct Closed {
  RecordingId recording;
  std::int64_t bytes = 0;
  std::string sha256;
  Duration lasted, missing;
};
struct Stands {
  std::int64_t open = 0, packets = 0, unclaimed = 0, dropped = 0, free_bytes = 0;
};
using Answer = std::variant<Here, Has, Ready, Full, Closed, Stands>;

/// Each with its line end.
std::string to_line(const Order& order);
std::string to_line(const Answer& answer);
/// Of a line without its end.
std::optional<Order> read_order(std::string_view line);
std::optional<Answer> read_answer(std::string_view line);

/// Takes the next whole line out of what was heard; nothing when there is none yet.
std::optional<std::string> take_line(std::string& heard);

}  // namespace sigap::recording
