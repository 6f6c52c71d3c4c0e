// Recordings that are heard, calls that are kept as evidence, evidence that leaves the house: each with a reason.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

/// Refused "invalid" unless it is a letter's number or a sentence.
Verdict no_reason(const std::string& reason);
Verdict play_recording(Decider& d, const PlayRecording& c, const std::optional<KnownCall>& known);
Verdict place_hold(Decider& d, const PlaceHold& c, const std::optional<KnownCall>& known);
Verdict lift_hold(Decider& d, const LiftHold& c);
/// Two agreed.
void lift(Decider& d, const people::Lifting& lifting, PersonId asked_by);
Verdict export_evidence(Decider& d, const ExportEvidence& c, const std::optional<KnownCall>& known);
void recordings_over(Decider& d, const RecordingsOver& in);

}  // namespace sigap::core
