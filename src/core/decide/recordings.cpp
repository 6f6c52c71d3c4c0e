#include "core/decide/recordings.h"

namespace sigap::core {
namespace {

const recordings::Recording* recording(const State& state, RecordingId id) {
  return state.recordings ? state.recordings->find(id) : nullptr;
}

}  // namespace

void recording_begins(Decider& d, const calls::Call& call) {
  if (!d.policy.record || call.kind != calls::CallKind::emergency) return;
  // With another operator, or after its media came back, the same recording goes on.
  if (d.state.recordings && d.state.recordings->of(call.id)) return;
  d.emit(recordings::RecordingStarted{{d.state.recordings ? d.state.recordings->next : 1}, call.id});
}

void recording_changes(Decider& d, const RecordingChanges& in) {
  const auto* known = recording(d.state, in.recording);
  if (!known || known->interrupted == in.interrupted) return;
  const auto call = known->call;
  if (in.interrupted)
    d.emit(recordings::RecordingInterrupted{in.recording, call, *in.interrupted});
  else
    d.emit(recordings::RecordingResumed{in.recording, call});
}

void recording_closed(Decider& d, const RecordingClosed& in) {
  if (const auto* known = recording(d.state, in.recording))
    d.emit(recordings::RecordingEnded{in.recording, known->call, in.bytes, in.sha256, in.lasted, in.missing});
}

}  // namespace sigap::core
