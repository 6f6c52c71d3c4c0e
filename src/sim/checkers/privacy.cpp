#include "sim/checkers/privacy.h"

#include <algorithm>

#include "runtime/record_notes.h"

namespace sigap::sim {

void PrivacyChecker::event(const core::Event& event, Instant) {
  using What = ports::RecordNote::What;
  for (const auto& note : runtime::notes_of(event)) {
    if (note.what == What::forgotten) forgotten_.emplace(note.kind, note.id);
    if (note.what == What::happened) check(gone_, !forgotten_.contains({note.kind, note.id}), "record", note.id);
  }
  if (const auto* forgotten = std::get_if<privacy::RecordsForgotten>(&event.body)) now_.push_back(forgotten->records);
}

void PrivacyChecker::step(const core::State& state, Instant) {
  for (const auto& records : std::exchange(now_, {})) {
    for (const auto id : records.calls) check(live_, !state.calls.find(id), "call", id.value);
    for (const auto id : records.incidents) check(live_, !state.incidents.find(id), "incident", id.value);
    for (const auto id : records.tasks) check(live_, !state.tasks.find(id), "task", id.value);
  }
}

}  // namespace sigap::sim
