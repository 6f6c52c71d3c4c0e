#include "runtime/voice/recordings.h"

#include <utility>

namespace sigap::runtime {

using recordings::Interruption;

Recordings::Recordings(CoreThread& core, ports::Media& media, ports::Recorder& recorder, KeyOf key_of)
    : core_(core), media_(media), recorder_(recorder), key_of_(std::move(key_of)), away_since_(core.now()) {}

void Recordings::recorder_here(std::set<RecordingId> open) {
  core_.post_always([this, open = std::move(open)] {
    here_ = true;
    full_ = told_away_ = false;
    for (const auto& recording : live()) {
      if (const auto* call = call_of(recording); !call)
        close(recording.id);
      else if (call->connected || call->state == calls::CallState::relayed)
        record(recording);
      else if (open.contains(recording.id))
        core_.submit(core::RecordingChanges{recording.id, std::nullopt});  // nobody talks, and it listens
    }
    const auto& known = core_.engine().state().recordings;
    for (const auto id : open)
      if (!known || !known->find(id)) close(id);
  });
}

void Recordings::recorder_away() {
  core_.post_always([this] {
    here_ = false;
    away_since_ = core_.now();
  });
}

void Recordings::recorder_full(bool full) {
  core_.post_always([this, full] {
    full_ = full;
    if (full) return interrupt_all(Interruption::disk_full);
    for (const auto& recording : live())
      if (call_of(recording)) core_.submit(core::RecordingChanges{recording.id, std::nullopt});
  });
}

void Recordings::recording_closed(ports::ClosedRecording closed) {
  core_.post_always([this, closed = std::move(closed)] {
    core_.submit(core::RecordingClosed{closed.recording, closed.bytes, closed.sha256, closed.lasted, closed.missing});
  });
}

void Recordings::joined(const LegId& leg) {
  const auto& state = core_.engine().state();
  const auto* call = state.calls.find(leg);
  const auto* recording = call && state.recordings ? state.recordings->of(call->id) : nullptr;
  if (recording) record(*recording);  // else it begins with the report of this
}

void Recordings::happened(const std::vector<core::Event>& events) {
  const auto& state = core_.engine().state();
  if (!state.recordings) return;
  for (const auto& event : events) {
    if (const auto* started = std::get_if<recordings::RecordingStarted>(&event.body)) {
      if (const auto* recording = state.recordings->find(started->recording)) record(*recording);
    } else if (const auto* ended = std::get_if<calls::CallEnded>(&event.body)) {
      if (const auto* recording = state.recordings->of(ended->call)) close(recording->id);
    }
  }
}

void Recordings::tick(Instant now) {
  if (!here_ && !told_away_ && now - away_since_ >= kGrace) {
    told_away_ = true;
    interrupt_all(Interruption::recorder_away);
  }
  if (now - looked_ < kAgain) return;
  looked_ = now;
  for (const auto& recording : live()) {
    if (!call_of(recording))
      close(recording.id);
    else if (recording.interrupted == Interruption::media)
      record(recording);
  }
}

void Recordings::record(const recordings::Recording& recording) {
  const auto* call = call_of(recording);
  const auto place = recorder_.place();
  if (!call || !here_ || !place) return;  // told when it is here
  const auto key = key_of_(call->id, recording.id);
  if (!key) return core_.submit(core::RecordingChanges{recording.id, Interruption::media});
  media_.record(
      call->leg, place->address, place->port,
      [recorder = &recorder_, id = recording.id, key = *key](int channel, std::uint16_t from_port) {
        recorder->open(id, key, channel, from_port);
      },
      [this, id = recording.id](const Result<std::string>& done) {
        core_.post_always([this, id, done] {
          if (!done && done.error().code == "stale") return;  // said again when somebody talks
          const auto why = !done   ? std::optional(Interruption::media)
                           : full_ ? std::optional(Interruption::disk_full)
                                   : std::nullopt;
          core_.submit(core::RecordingChanges{id, why});
        });
      });
}

void Recordings::interrupt_all(Interruption why) {
  for (const auto& recording : live())
    if (call_of(recording)) core_.submit(core::RecordingChanges{recording.id, why});
}

void Recordings::close(RecordingId recording) {
  if (here_) recorder_.close(recording);
}

const calls::Call* Recordings::call_of(const recordings::Recording& recording) const {
  const auto* call = core_.engine().state().calls.find(recording.call);
  return call && call->state != calls::CallState::ended ? call : nullptr;
}

std::vector<recordings::Recording> Recordings::live() const {
  std::vector<recordings::Recording> all;
  if (const auto& known = core_.engine().state().recordings)
    for (const auto& [id, recording] : known->live) all.push_back(recording);
  return all;
}

}  // namespace sigap::runtime
