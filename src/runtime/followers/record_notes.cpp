#include "runtime/followers/record_notes.h"

#include "base/overloaded.h"

namespace sigap::runtime {
namespace {

using ports::RecordNote;
using What = RecordNote::What;

/// Of every event that names a call, an incident or a task: something happened to it.
template <class Body>
void note_touched(const Body& e, RecordNote note, std::vector<RecordNote>& notes) {
  const auto add = [&](RecordKind kind, std::int64_t id) {
    if (id == 0) return;
    note.kind = kind;
    note.id = id;
    notes.push_back(note);
  };
  if constexpr (requires { CallId{e.call}; }) add(RecordKind::call, e.call.value);
  if constexpr (requires { IncidentId{e.incident}; }) add(RecordKind::incident, e.incident.value);
  if constexpr (requires { TaskId{e.task}; }) add(RecordKind::task, e.task.value);
}

void note_all(const Records& records, RecordNote note, std::vector<RecordNote>& notes) {
  const auto add = [&](RecordKind kind, const auto& ids) {
    note.kind = kind;
    for (const auto id : ids) {
      note.id = id.value;
      notes.push_back(note);
    }
  };
  add(RecordKind::call, records.calls);
  add(RecordKind::incident, records.incidents);
  add(RecordKind::task, records.tasks);
}

/// The note of this kind among those of the event.
RecordNote* of_kind(std::vector<RecordNote>& notes, RecordKind kind) {
  for (auto& note : notes)
    if (note.kind == kind) return &note;
  return nullptr;
}

}  // namespace

std::vector<RecordNote> notes_of(const core::Event& event) {
  std::vector<RecordNote> notes;
  RecordNote plain;
  plain.at = event.at;
  if (event.actor) plain.person = event.actor->person;
  std::visit([&](const auto& e) { note_touched(e, plain, notes); }, event.body);
  const auto whose = [&](RecordKind kind, CallerRef caller, StationCode station) {
    auto* note = of_kind(notes, kind);
    if (!note) return;
    note->caller = caller;
    note->station = std::move(station);
  };
  std::visit(Overloaded{
                 [&](const calls::CallArrived& e) { whose(RecordKind::call, e.caller, {}); },
                 [&](const calls::CallHomed& e) { whose(RecordKind::call, {}, e.station); },
                 [&](const calls::CallPlaced& e) { whose(RecordKind::call, e.caller, e.station); },
                 [&](const calls::RingBackPlaced& e) { whose(RecordKind::call, e.caller, e.station); },
                 [&](const incidents::IncidentOpened& e) {
                   whose(RecordKind::incident, {}, e.station);
                   of_kind(notes, RecordKind::incident)->of_call = e.call;
                 },
                 [&](const tasks::TaskOpened& e) { whose(RecordKind::task, e.caller, e.station); },
                 [&](const privacy::RecordsForgotten& e) {
                   plain.what = What::forgotten;
                   note_all(e.records, plain, notes);
                 },
                 [&](const privacy::RecordsRead& e) {
                   plain.what = What::read;
                   plain.person = e.person;
                   note_all(e.records, plain, notes);
                 },
                 [&](const privacy::CallerLookedUp& e) {
                   plain.what = What::read;
                   plain.person = e.person;
                   note_all(e.found, plain, notes);
                 },
                 [](const auto&) {},
             },
             event.body);
  return notes;
}

}  // namespace sigap::runtime
