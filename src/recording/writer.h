// Writes a recording with the public half of its key: what is written the writer itself cannot read again.
// Not thread-safe. Times are given by the caller: there is no clock in here.
#pragma once
#include <memory>
#include <string_view>

#include "base/result.h"
#include "recording/format.h"

namespace sigap::recording {

class Writer {
 public:
  /// Begins a segment at the end of the file, which is made when it is not there (its folder, too). What a death in the
  /// middle of a write left half written stays, and is passed over when it is read. A clock that was set back meanwhile
  /// is taken to stand where the file ends. Refusal "io".
  static Result<Writer> open(const std::filesystem::path& file, RecordingId recording, const PublicKey& key,
                             Instant now);
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) noexcept;
  ~Writer();  ///< leaves the segment as it is: what is not sealed is lost

  /// Takes a packet into the open chunk; false when it is too long, or the chunk is full.
  bool put(Channel channel, Instant at, std::string_view packet);
  /// Whether it is time to seal.
  bool due(Instant now) const;
  /// Seals and writes what came since the last time; `last` says that the segment ends here on purpose. After a refusal
  /// ("io": the disk is full, the file is gone) what came is lost, the file is as before, and the segment is over: who
  /// wants to go on opens another, because nothing may be sealed twice with one key and number.
  Result<bool> seal(Instant now, bool last = false);
  /// Everything is on the disk itself when it returns. Refusal "io".
  Result<bool> sync();

 private:
  struct Segment;
  explicit Writer(std::unique_ptr<Segment> segment);
  std::unique_ptr<Segment> segment_;
};

}  // namespace sigap::recording
