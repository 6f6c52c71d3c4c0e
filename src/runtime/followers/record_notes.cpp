#include "runtime/followers/record_notes.h"

#include <map>
#include <string_view>

#include "base/overloaded.h"
#include "codec/tables.h"

namespace sigap::runtime {
namespace {

using ports::RecordNote;
using What = RecordNote::What;

/// Of every event that names calls, incidents, tasks or complaints, told by the types of its members: something
/// happened to them.
void note_touched(const core::EventBody& body, RecordNote note, std::vector<RecordNote>& notes) {
  static const std::map<std::string_view, RecordKind> kKinds{{"CallId", RecordKind::call},
                                                             {"IncidentId", RecordKind::incident},
                                                             {"TaskId", RecordKind::task},
                                                             {"CaseId", RecordKind::complaint}};
  const auto& bodies = codec::type_of<core::EventBody>();
  const auto* object = static_cast<const char*>(bodies.active(&body));
  for (const auto& member : bodies.alternatives[bodies.index(&body)]().members) {
    const auto& type = member.type();
    const auto kind = kKinds.find(type.name);
    if (kind == kKinds.end()) continue;
    note.kind = kind->second;
    note.id = type.get(object + member.offset);
    if (note.id != 0) notes.push_back(note);
  }
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
  add(RecordKind::complaint, records.complaints());
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
  note_touched(event.body, plain, notes);
  const auto whose = [&](RecordKind kind, CallerRef caller, StationCode station) {
    auto* note = of_kind(notes, kind);
    if (!note) return;
    note->caller = caller;
    note->station = std::move(station);
  };
  visit_some(Overloaded{
                 [&](const calls::CallArrived& e) { whose(RecordKind::call, e.caller, {}); },
                 [&](const calls::CallHomed& e) { whose(RecordKind::call, {}, e.station); },
                 [&](const calls::CallPlaced& e) { whose(RecordKind::call, e.caller, e.station); },
                 [&](const calls::RingBackPlaced& e) { whose(RecordKind::call, e.caller, e.station); },
                 [&](const incidents::IncidentOpened& e) {
                   whose(RecordKind::incident, {}, e.station);
                   of_kind(notes, RecordKind::incident)->of_call = e.call;  // 0: nobody called, so no caller's record
                 },
                 [&](const tasks::TaskOpened& e) { whose(RecordKind::task, e.caller, e.station); },
                 [&](const cases::CaseOpened& e) { whose(RecordKind::complaint, e.caller, e.station); },
                 [&](const OneOf<cases::CaseMoved, cases::CaseRaised, cases::CaseContested> auto& e) {
                   whose(RecordKind::complaint, {}, e.station);
                 },
                 [&](const privacy::RecordsForgotten& e) {
                   plain.what = What::forgotten;
                   note_all(e.records, plain, notes);
                 },
                 [&](const privacy::RecordsRead& e) {
                   plain.what = What::read;
                   plain.person = e.person;
                   note_all(e.records, plain, notes);
                 },
                 // Whoever hears or keeps a call has read it: that makes it no younger.
                 [&](const OneOf<privacy::RecordingPlayed, privacy::HoldPlaced> auto& e) {
                   notes.clear();
                   plain.what = What::read;
                   plain.person = e.person;
                   note_all(Records{{e.call}, {}, {}}, plain, notes);
                 },
                 [&](const privacy::HoldLifted&) { notes.clear(); },
                 [&](const privacy::CallerLookedUp& e) {
                   plain.what = What::read;
                   plain.person = e.person;
                   note_all(e.found, plain, notes);
                 },
             },
             event.body);
  return notes;
}

}  // namespace sigap::runtime
