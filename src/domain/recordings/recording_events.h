// What happened to recordings. The hash of each stands in the journal's chain, so that a changed file is known.
#pragma once
#include "domain/recordings/recording.h"

namespace sigap::recordings {

/// From now on the call is recorded, by the system: the voices of caller and operator were joined for the first time.
struct RecordingStarted {
  RecordingId recording;
  CallId call;
};

/// Nothing is written of the call from about now on. The call goes on.
struct RecordingInterrupted {
  RecordingId recording;
  CallId call;
  Interruption reason = Interruption::recorder_away;
};

/// The call is written again.
struct RecordingResumed {
  RecordingId recording;
  CallId call;
};

/// The file is closed: nothing is added to it any more.
struct RecordingEnded {
  RecordingId recording;
  CallId call;
  std::int64_t bytes = 0;  ///< of the file; 0: there is none
  std::string sha256;      ///< of the file, hexadecimal; empty: there is none
  Duration lasted;         ///< from its first sound to its last
  Duration missing;        ///< of that: what was not written
};

}  // namespace sigap::recordings
