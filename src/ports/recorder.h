// What may be asked of the recorder: a process at the media's host that writes the voices of calls, sealed with a key
// that it cannot read with, and goes on when the server dies. The media process sends it copies (ports::Media::record);
// which voice a copy is, it knows by the port that it comes from.
// Invariants: nothing here waits or fails: a recorder that is away is told everything again when it is back
// (recorder_here), and no call knows the difference.
#pragma once
#include <optional>
#include <set>
#include <string>

#include "base/ids.h"
#include "base/time.h"
#include "ports/vault.h"

namespace sigap::ports {

/// Where copies of voices go.
struct RecorderPlace {
  std::string address;
  std::uint16_t port = 0;
};

struct ClosedRecording {
  RecordingId recording;
  std::int64_t bytes = 0;  ///< 0: there is no such file
  std::string sha256;
  Duration lasted, missing;
};

/// Any thread.
class RecorderListener {
 public:
  virtual ~RecorderListener() = default;
  /// It is there, or there again, and has these open. It writes on what it knew; whatever else is to be recorded, or
  /// closed, is to be said now.
  virtual void recorder_here(std::set<RecordingId> open) = 0;
  virtual void recorder_away() = 0;
  /// It stopped to write because of the disk, or goes on. Told after recorder_here, too, when it is full.
  virtual void recorder_full(bool full) = 0;
  virtual void recording_closed(ClosedRecording closed) = 0;
};

struct RecorderHealth {
  bool up = false;
  bool full = false;
  std::string note;
  std::int64_t restarts = 0;    ///< how often it was started again
  std::int64_t open = 0;        ///< recordings
  std::int64_t packets = 0;     ///< written, since it began
  std::int64_t unclaimed = 0;   ///< that nobody had said whose they are: written nowhere
  std::int64_t dropped = 0;     ///< that were not written because the disk was full, or came too fast
  std::int64_t free_bytes = 0;  ///< of its disk, when it looked last
};

/// Any thread; nothing blocks.
class Recorder {
 public:
  virtual ~Recorder() = default;
  /// What comes from this port from now on is this channel of the recording; said before the first copy is sent. A port
  /// that belonged to another recording, or another port of this channel, does so no more.
  virtual void open(RecordingId recording, const RecordingKey& key, int channel, std::uint16_t from_port) = 0;
  /// Ends the recording: recording_closed follows, also where there is none.
  virtual void close(RecordingId recording) = 0;
  /// Nothing while it is away.
  virtual std::optional<RecorderPlace> place() const = 0;
  virtual RecorderHealth health() const = 0;
};

}  // namespace sigap::ports
