// Recordings that are heard, calls that are kept as evidence, evidence that leaves the house. A supervisor alone keeps
// a call; two administrators let it go, as two forget one.
#include "core/decide/evidence.h"

#include <algorithm>

#include "core/access/access.h"
#include "core/command_name.h"
#include "core/decide/approvals.h"

namespace sigap::core {
namespace {

constexpr std::size_t kReasonMin_bytes = 10, kReasonMax_bytes = 500;  // a letter's number, or a sentence; own
constexpr std::size_t kSha256_digits = 64;

/// Refused, and written down, when the call is outside what this person may hear.
Verdict not_theirs(Decider& d, const Command& command, const KnownCall& known) {
  const auto& person = *d.state.people.person(d.actor.person);
  if (access::may_hear(person.role, access::relation_to(d.state, person, known))) return {};
  d.emit(people::CommandRefused{d.actor.session, person.id, command_name(command), "not_allowed"});
  return no("not_allowed", "outside your station's reach", "call");
}

}  // namespace

Verdict no_reason(const std::string& reason) {
  if (reason.size() >= kReasonMin_bytes && reason.size() <= kReasonMax_bytes) return {};
  return no("invalid", "10 to 500 bytes", "reason");
}

Verdict play_recording(Decider& d, const PlayRecording& c, const std::optional<KnownCall>& known) {
  if (!known) return no("unknown", "no such call is kept", "call");
  if (auto refusal = not_theirs(d, c, *known)) return refusal;
  if (!known->recording) return no("not_recorded", "there is no recording of this call", "call");
  if (auto wrong = no_reason(c.reason)) return wrong;
  // With the key of who hears it: it stays when the call is forgotten.
  d.emit(privacy::RecordingPlayed{d.actor.session, d.actor.person, c.call, personal(d.actor.person, c.reason)});
  return {};
}

Verdict place_hold(Decider& d, const PlaceHold& c, const std::optional<KnownCall>& known) {
  if (!known) return no("unknown", "no such call is kept", "call");
  if (auto refusal = not_theirs(d, c, *known)) return refusal;
  if (auto wrong = no_reason(c.reason)) return wrong;
  if (d.state.holds && d.state.holds->contains(c.call)) return no("held", "it is held already", "call");
  if (d.state.holds && d.state.holds->size() >= privacy::kHoldsMax) return no("busy", "too much is held", "call");
  auto records = known->records;
  // What the index has not read yet.
  if (const auto* call = d.state.calls.find(c.call); call && call->incident)
    if (const auto at = std::ranges::lower_bound(records.incidents, call->incident);
        at == records.incidents.end() || *at != call->incident)
      records.incidents.insert(at, call->incident);
  d.emit(privacy::HoldPlaced{c.call, std::move(records), known->station, d.actor.person,
                             personal(d.actor.person, c.reason)});
  return {};
}

Verdict lift_hold(Decider& d, const LiftHold& c) {
  const auto* hold = d.state.holds && d.state.holds->contains(c.call) ? &d.state.holds->at(c.call) : nullptr;
  if (!hold) return no("unknown", "it is not held", "call");
  const auto& person = *d.state.people.person(d.actor.person);
  if (!access::may_lift(person.role, access::relation_to_station(d.state, person, hold->station))) {
    d.emit(people::CommandRefused{d.actor.session, person.id, command_name(c), "not_allowed"});
    return no("not_allowed", "outside your station's reach", "call");
  }
  if (auto wrong = no_reason(c.reason)) return wrong;
  people::ApprovalAsked asked;
  asked.kind = people::ApprovalKind::lifting;
  asked.station = hold->station;
  asked.lifting = people::Lifting{c.call, personal(d.actor.person, c.reason)};
  if (waits_for_second(d)) return ask_second(d, std::move(asked));
  lift(d, *asked.lifting, d.actor.person);
  return {};
}

void lift(Decider& d, const people::Lifting& lifting, PersonId asked_by) {
  if (d.state.holds && d.state.holds->contains(lifting.call))
    d.emit(privacy::HoldLifted{lifting.call, asked_by, lifting.reason});
}

Verdict export_evidence(Decider& d, const ExportEvidence& c, const std::optional<KnownCall>& known) {
  if (!known) return no("unknown", "no such call is kept", "call");
  if (auto wrong = no_reason(c.reason)) return wrong;
  const bool hash = c.sha256.size() == kSha256_digits && std::ranges::all_of(c.sha256, [](char x) {
                      return (x >= '0' && x <= '9') || (x >= 'a' && x <= 'f');
                    });
  if (!hash) return no("invalid", "64 hex digits", "sha256");
  // Nobody's key but that of the day: whoever works on the server is no person here, and it outlives the call.
  d.emit(privacy::EvidenceExported{c.call, c.sha256, {subject_of_strangers(d.now), c.reason}});
  return {};
}

void recordings_over(Decider& d, const RecordingsOver& in) {
  privacy::RecordingsDropped dropped;
  const auto held = d.state.holds ? privacy::held_by(*d.state.holds) : Records{};
  std::ranges::copy_if(in.calls, std::back_inserter(dropped.calls), [&](CallId id) {
    return !d.state.calls.find(id) && !std::ranges::binary_search(held.calls, id);
  });
  if (!dropped.calls.empty()) d.emit(std::move(dropped));
}

}  // namespace sigap::core
