// What is to be recorded, brought together with what is: the state says which calls have recordings, the switchboard
// when voices are joined, the recorder what it writes. Nothing is ordered once: whoever comes back (we, the recorder,
// the media process) is told all of it again.
// Invariants: lives on the core's thread (what hands tell comes as jobs); no call waits for anything here; a recording
// in the state is written, or its interruption is in the journal; one whose call is over is closed until its file's
// hash is there.
#pragma once
#include <functional>
#include <map>

#include "ports/media.h"
#include "ports/recorder.h"
#include "runtime/core_thread.h"

namespace sigap::runtime {

class Recordings final : public ports::RecorderListener {
 public:
  /// The half of the key that writes (ports::Vault, which the core's thread owns); nothing: the call was forgotten.
  using KeyOf = std::function<std::optional<ports::RecordingKey>(CallId, RecordingId)>;

  Recordings(CoreThread& core, ports::Media& media, ports::Recorder& recorder, KeyOf key_of);

  // Any thread.
  void recorder_here(std::set<RecordingId> open) override;
  void recorder_away() override;
  void recorder_full(bool full) override;
  void recording_closed(ports::ClosedRecording closed) override;

  // Core thread.
  /// The voices of this caller's leg are joined, with whomever, again or for the first time.
  void joined(const LegId& leg);
  void happened(const std::vector<core::Event>& events);
  void tick(Instant now);

  /// A recorder that is back sooner was away for no longer than its own start; the gap is in the file. Own.
  static constexpr Duration kGrace = seconds(1);
  /// What did not come true is tried again; own.
  static constexpr Duration kAgain = seconds(5);

 private:
  void record(const recordings::Recording& recording);
  void interrupt_all(recordings::Interruption why);
  void close(RecordingId recording);
  /// Its call has not ended; nothing otherwise.
  const calls::Call* call_of(const recordings::Recording& recording) const;
  std::vector<recordings::Recording> live() const;

  CoreThread& core_;
  ports::Media& media_;
  ports::Recorder& recorder_;
  KeyOf key_of_;
  bool here_ = false, full_ = false, told_away_ = false;
  Instant away_since_, looked_;
};

}  // namespace sigap::runtime
