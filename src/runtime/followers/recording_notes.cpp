#include "runtime/followers/recording_notes.h"

#include "base/overloaded.h"
#include "core/fold/happening_of.h"

namespace sigap::runtime {
namespace {

using ports::RecordingNote;
using Kind = incidents::HappeningKind;
using Said = RecordingNote::What;

/// Notes of one event.
struct Noting {
  std::vector<RecordingNote> notes;
  Instant at;
  std::int64_t position = 0;

  RecordingNote& note(Said what, CallId call) {
    auto& fresh = notes.emplace_back();
    fresh.what = what;
    fresh.call = call;
    fresh.at = at;
    fresh.position = position;
    return fresh;
  }
  void moment(IncidentId incident, Kind kind) {
    auto& fresh = note(Said::moment, {});
    fresh.incident = incident;
    fresh.value = static_cast<std::int64_t>(kind);
  }
  /// One that we make.
  void placed(CallId call, const StationCode& station, PersonId person, IncidentId incident, TaskId task) {
    note(Said::arrived, call).station = station;
    if (person) note(Said::talked, call).person = person;
    if (incident) note(Said::incident, call).incident = incident;
    if (task) note(Said::task, call).value = task.value;
  }
};

}  // namespace

std::vector<RecordingNote> recording_notes_of(const core::Event& event, std::int64_t position) {
  Noting n{{}, event.at, position};
  visit_some(
      Overloaded{
          [&](const calls::CallArrived& e) { n.note(Said::arrived, e.call); },
          [&](const calls::CallPlaced& e) { n.placed(e.call, e.station, e.person, e.incident, e.task); },
          [&](const calls::RingBackPlaced& e) { n.placed(e.call, e.station, {}, e.incident, e.task); },
          [&](const calls::CallHomed& e) { n.note(Said::home, e.call).station = e.station; },
          [&](const calls::CallAccepted& e) { n.note(Said::talked, e.call).person = e.person; },
          [&](const calls::CallHandedOver& e) { n.note(Said::talked, e.call).person = e.person; },
          [&](const calls::CallConnected& e) { n.note(Said::connected, e.call); },
          [&](const calls::CallEnded& e) { n.note(Said::ended, e.call); },
          [&](const calls::OutcomeSet& e) {
            n.note(Said::outcome, e.call).value = static_cast<std::int64_t>(e.outcome);
          },
          [&](const tasks::TaskOpened& e) {
            if (e.call) n.note(Said::task, e.call).value = e.task.value;
          },
          [&](const incidents::IncidentOpened& e) {
            if (e.call) n.note(Said::incident, e.call).incident = e.incident;
            n.moment(e.incident, Kind::opened);
          },
          [&](const incidents::IncidentEdited& e) {
            if (e.place) n.moment(e.incident, Kind::place_set);
            if (e.incident_type)
              n.moment(e.incident, Kind::type_set);
            else if (e.priority)
              n.moment(e.incident, Kind::priority_set);
          },
          [&](const incidents::IncidentClosed& e) { n.moment(e.incident, Kind::closed); },
          [&](const incidents::IncidentJoined& e) { n.moment(e.incident, Kind::joined); },
          [&](const incidents::IncidentSplit& e) { n.moment(e.incident, Kind::split); },
          [&](const incidents::MessageOrdered& e) { n.moment(e.incident, Kind::link_ordered); },
          [&](const dispatch::AlertRaised& e) { n.moment(e.incident, Kind::alert_sent); },
          [&](const dispatch::AlertAdvanced& e) { n.moment(e.incident, core::happening_of(e.status)); },
          [&](const dispatch::AlertEnded& e) {
            if (e.how != dispatch::AlertEnd::incident_closed) n.moment(e.incident, core::happening_of(e.how));
          },
          [&](const dispatch::ChainExhausted& e) { n.moment(e.incident, Kind::nobody_answered); },
          [&](const recordings::RecordingStarted& e) { n.note(Said::recorded, e.call).value = e.recording.value; },
          [&](const recordings::RecordingEnded& e) {
            if (e.sha256.empty()) n.note(Said::dropped, e.call);  // there is no file
          },
          [&](const privacy::RecordingPlayed& e) { n.note(Said::played, e.call).person = e.person; },
          [&](const privacy::RecordingsDropped& e) {
            for (const auto call : e.calls) n.note(Said::dropped, call);
          },
          [&](const privacy::RecordsForgotten& e) {
            for (const auto call : e.records.calls) n.note(Said::forgotten, call);
            for (const auto incident : e.records.incidents) n.note(Said::forgotten, {}).incident = incident;
          },
      },
      event.body);
  return std::move(n.notes);
}

}  // namespace sigap::runtime
