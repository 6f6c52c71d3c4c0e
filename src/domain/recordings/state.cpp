#include "domain/recordings/state.h"

#include <algorithm>

namespace sigap::recordings {

void State::apply(const RecordingStarted& e, Instant at) {
  next = std::max(next, e.recording.value + 1);
  live[e.recording] = {e.recording, e.call, at, std::nullopt};
  by_call[e.call] = e.recording;
}

void State::apply(const RecordingInterrupted& e) {
  if (find(e.recording)) live[e.recording].interrupted = e.reason;
}

void State::apply(const RecordingResumed& e) {
  if (find(e.recording)) live[e.recording].interrupted.reset();
}

void State::apply(const RecordingEnded& e) {
  live.erase(e.recording);
  by_call.erase(e.call);
}

const Recording* State::find(RecordingId id) const {
  const auto it = live.find(id);
  return it == live.end() ? nullptr : &it->second;
}

const Recording* State::of(CallId call) const {
  const auto it = by_call.find(call);
  return it == by_call.end() ? nullptr : find(it->second);
}

}  // namespace sigap::recordings
