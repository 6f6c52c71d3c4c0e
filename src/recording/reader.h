// Reads a recording: what can be proved is given, what cannot is named with its span.
// A file of strangers' bytes: everything has a limit, and nothing in it is believed before it is proved.
#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "recording/format.h"

namespace sigap::recording {

/// The secret half of a recording's key pair: 32 bytes in locked memory (keys::Key) that are somebody else's.
struct SecretKey {
  const unsigned char* bytes = nullptr;
};

struct Packet {
  Channel channel = kCaller;
  Instant at;             ///< when it came
  std::string_view data;  ///< RTP, header and all; good until the next packet
};

enum class Why {
  not_written,  ///< nobody wrote: the recorder was away, or the disk was full
  damaged,      ///< there is something, and it is not what was written
  lost,         ///< a chunk is not there
  cut           ///< the file ends before its recording was closed; what comes after it is not known
};

struct Missing {
  Instant from, until;
  Why why = Why::not_written;
};

/// What a file says of itself.
struct Account {
  RecordingId recording;
  Instant from, until;           ///< of the first and the last chunk
  std::vector<Missing> missing;  ///< in order; at most kMissingMax, then the last one covers the rest
  std::int64_t bytes = 0;
  std::int64_t segments = 0;
  std::int64_t chunks = 0;
  std::int64_t packets = 0;  ///< 0 in what look() yields
  bool closed = false;       ///< its last segment ends on purpose
  Duration missing_in_all() const;
};
inline constexpr std::size_t kMissingMax = 10'000;  ///< own

/// Gives each packet in the order in which they came, and yields what the file says of itself. Refusals: "gone" (no
/// such file), "invalid" (it is no recording), "wrong_key" (the key opens no segment of it: of another recording),
/// "io".
Result<Account> read(const std::filesystem::path& file, const SecretKey& key,
                     const std::function<void(const Packet&)>& heard);

/// The same without a key: what the headers say, nothing of it proved. For who writes, and for a first look.
Result<Account> look(const std::filesystem::path& file);

/// Of the whole file, in hexadecimal: what RecordingEnded has of it. Refusals: "gone", "io".
Result<std::string> sha256_of(const std::filesystem::path& file);

}  // namespace sigap::recording
