// The recording of a call: one file at the media's host, from when caller and operator are first joined to the call's
// end. Here is what the line knows of it; its sound is in docs/formats/recording.md.
#pragma once
#include <optional>
#include <string>

#include "base/ids.h"
#include "base/time.h"

namespace sigap::recordings {

// Enumerations here are written to the journal: do not rename.

/// Why sound of a call is not written.
enum class Interruption {
  recorder_away,  ///< the recorder is not there, or does not answer
  disk_full,      ///< it stopped before the reserve of the disk was touched
  media           ///< the media process gives no copy of the voices
};

/// One whose file is not closed yet.
struct Recording {
  RecordingId id;
  CallId call;
  Instant began;
  std::optional<Interruption> interrupted;  ///< nothing: it is written
};

}  // namespace sigap::recordings
