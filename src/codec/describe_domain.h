// Descriptions of what is journaled: every member of every event. codec/describe.h checks that none is forgotten.
#pragma once
#include "codec/describe.h"
#include "core/event.h"

namespace sigap {

SIGAP_STRUCT(GeoPoint, longitude_e7, latitude_e7)
SIGAP_STRUCT(Location, point, radius_m)
SIGAP_ENUM(RecordKind, call, incident, task, complaint)
SIGAP_STRUCT(Records, calls, incidents, tasks, cases)
SIGAP_SINCE(2, Records, cases)

}  // namespace sigap

namespace sigap::stations {

SIGAP_ENUM(StationLevel, mabes, polda, polres)
SIGAP_STRUCT(Station, code, name, level, parent, point, time_zone, regencies)
SIGAP_STRUCT(StationDefined, station)

}  // namespace sigap::stations

namespace sigap::people {

SIGAP_ENUM(Role, operator_, officer, supervisor, administrator)
SIGAP_STRUCT(SignInPlace, address, since)
SIGAP_ENUM(FactorKind, totp, recovery, passkey)
SIGAP_ENUM(SessionEnd, signed_out, replaced, expired, disabled, password_changed, guessed, ended)
SIGAP_SINCE(2, SessionEnd, ended)
SIGAP_STRUCT(Totp, secret, since, step)
SIGAP_STRUCT(RecoveryCodes, salt, hashes)
SIGAP_STRUCT(Passkey, credential, public_key, algorithm, counter, name, since, used, cloned)
SIGAP_STRUCT(Device, hash, kind, since, seen, untold)
SIGAP_STRUCT(PastSignIn, session, kind, opened, ended, how)
SIGAP_STRUCT(Keyring, totp, recovery, passkeys, devices, past)
SIGAP_STRUCT(Person, id, login, name, role, station, call_sign, password_hash, disabled, temporary_until, known_from,
             keyring)
SIGAP_STRUCT(RefusedSignIn, id, at, person, times, from)
SIGAP_ENUM(ApprovalKind, addition, change, password, enabling, erasure, client, lifting)
SIGAP_SINCE(2, ApprovalKind, client, lifting)
SIGAP_ENUM(ApprovalEnd, agreed, refused, withdrawn, expired)
SIGAP_STRUCT(Erasure, caller, records, reason)
SIGAP_STRUCT(Lifting, call, reason)
SIGAP_SINCE(2, Lifting)
SIGAP_STRUCT(Approval, id, kind, person, asked_by, at, expires, name, role, station, call_sign, password_hash, erasure,
             client, lifting)
SIGAP_STRUCT(Session, id, person, token_hash, opened, expires, headset_passed, connected, connected_since, absent,
             proved, wrong_proofs, device, device_kind, owes_factor)
SIGAP_ENUM(OperatorState, not_ready, ready, offered, talking, wrap_up)
SIGAP_ENUM(NotReadyReason, signed_in, pause, training, missed, lost, headset)
SIGAP_STRUCT(Operator, person, session, state, reason, returns, since, idle_since, offer, call)
SIGAP_STRUCT(PersonAdded, person, login, name, role, station, call_sign, password_hash, temporary_until)
SIGAP_STRUCT(PersonChanged, person, name, role, station, call_sign)
SIGAP_STRUCT(PasswordChanged, person, password_hash, temporary_until)
SIGAP_STRUCT(PersonDisabled, person)
SIGAP_STRUCT(PersonEnabled, person)
SIGAP_STRUCT(SessionOpened, session, person, token_hash, expires, from, device, device_kind, new_device, owes_factor)
SIGAP_SINCE(2, SessionOpened, device, device_kind, new_device, owes_factor)
SIGAP_STRUCT(SessionEnded, session, person, how)
SIGAP_STRUCT(BrowserConnected, session, person)
SIGAP_STRUCT(BrowserLost, session, person)
SIGAP_STRUCT(BrowserAbsent, session, person)
SIGAP_STRUCT(SessionProved, session, person)
SIGAP_STRUCT(ProofRefused, session, person)
SIGAP_STRUCT(ApprovalAsked, approval, kind, person, asked_by, expires, name, role, station, call_sign, password_hash,
             erasure, client, lifting)
SIGAP_SINCE(2, ApprovalAsked, client, lifting)
SIGAP_STRUCT(ApprovalEnded, approval, person, how)
SIGAP_STRUCT(TotpSet, person, secret, step)
SIGAP_SINCE(2, TotpSet)
SIGAP_STRUCT(TotpRemoved, person)
SIGAP_SINCE(2, TotpRemoved)
SIGAP_STRUCT(RecoveryCodesMade, person, salt, hashes)
SIGAP_SINCE(2, RecoveryCodesMade)
SIGAP_STRUCT(PasskeyAdded, person, credential, public_key, algorithm, counter, name)
SIGAP_SINCE(2, PasskeyAdded)
SIGAP_STRUCT(PasskeyRemoved, person, credential)
SIGAP_SINCE(2, PasskeyRemoved)
SIGAP_STRUCT(PasskeyCloned, person, credential, counter)
SIGAP_SINCE(2, PasskeyCloned)
SIGAP_STRUCT(SecondFactorUsed, person, kind, step, recovery, credential, counter)
SIGAP_SINCE(2, SecondFactorUsed)
SIGAP_STRUCT(SecondFactorsRemoved, person)
SIGAP_SINCE(2, SecondFactorsRemoved)
SIGAP_STRUCT(DevicesKnown, session, person)
SIGAP_SINCE(2, DevicesKnown)
SIGAP_STRUCT(HeadsetPassed, session, person)
SIGAP_STRUCT(OperatorReady, person)
SIGAP_STRUCT(OperatorNotReady, person, reason, was_ready)
SIGAP_STRUCT(SignInRefused, person, refusal, times, from)
SIGAP_STRUCT(CommandRefused, session, person, command, code)

}  // namespace sigap::people

namespace sigap::calls {

SIGAP_ENUM(CallKind, emergency, test)
SIGAP_ENUM(CallState, waiting, talking, ended, relayed, ringing_back)
SIGAP_ENUM(Direction, incoming, outgoing)
SIGAP_ENUM(Callee, dialled, rings, answered)
SIGAP_ENUM(Admission, voice, ringing, loop, refused)
SIGAP_ENUM(HomeReason, location, trunk, nearest, province_desk, headquarters, transferred, called_back, rang_back)
SIGAP_ENUM(CallEndedBy, caller, operator_, network, system, guest)
SIGAP_ENUM(Outcome, genuine, information, complaint, silent, prank, duplicate)
SIGAP_ENUM(UrgentReason, silent, rang_back, called_again)
SIGAP_ENUM(DoubtReason, standing, many_at_once)
SIGAP_STRUCT(KeyPress, at, digit)
SIGAP_ENUM(GuestKind, supervisor, colleague, outside)
SIGAP_ENUM(GuestState, invited, joining, joined, relaying, alone)
SIGAP_ENUM(GuestEnd, declined, no_answer, busy, failed, left, dropped, lost, took_over, call_ended)
SIGAP_STRUCT(Guest, offer, kind, state, person, line, leg, desk_leg, was_ready, rings, since)
SIGAP_STRUCT(ForeignId, purpose, value)
SIGAP_ENUM(SaidBy, caller, operator_)
SIGAP_STRUCT(Photograph, sha256, bytes, width, height)
SIGAP_STRUCT(Line, at, by, person, name, text, photograph)
SIGAP_STRUCT(Call, id, kind, state, direction, leg, trunk, caller, number, location, location_note, civic, dialled,
             admission, home, home_reason, beside, arrived, waiting_since, returns, operator_, offer, accepted,
             connected, held, asked, second_ring, urgent, urgent_reason, suspected, doubt, silent, digits, pranks,
             ghosts, incident, ended, ended_by, callee, task, was_ready, guest, guest_end, help_asked, outcome_set,
             lines, language)
SIGAP_STRUCT(Whereabouts, point, radius_m, civic)
SIGAP_STRUCT(CallArrived, call, kind, leg, trunk, dialled, caller, number, location, location_note, foreign_ids,
             signalling)
SIGAP_STRUCT(CallLocated, call, location, note)
SIGAP_STRUCT(CallHomed, call, station, reason, beside)
SIGAP_SINCE(2, CallHomed, beside)
SIGAP_STRUCT(Refused, status, reason)
SIGAP_STRUCT(CallAdmitted, call, leg, how, refused)
SIGAP_STRUCT(CallVoiceOpened, call, leg, sdp)
SIGAP_STRUCT(CallVoiceLost, call, leg)
SIGAP_STRUCT(CallEstablished, call, leg)
SIGAP_STRUCT(CallRenegotiated, call, leg, sdp, offered, signalling)
SIGAP_STRUCT(CallAccepted, call, leg, offer, person, session)
SIGAP_STRUCT(CallConnected, call, offer)
SIGAP_STRUCT(CallHeld, call, leg, offer)
SIGAP_STRUCT(CallResumed, call, leg, offer, by_timeout)
SIGAP_STRUCT(DigitHeard, call, leg, digit, silent)
SIGAP_STRUCT(TextSaid, call, by, person, name, text)
SIGAP_SINCE(2, TextSaid)
SIGAP_STRUCT(PhotographKept, call, name, photograph)
SIGAP_SINCE(2, PhotographKept)
SIGAP_STRUCT(PhotographSeen, call, sha256, person)
SIGAP_SINCE(2, PhotographSeen)
SIGAP_STRUCT(CallerSpeaks, call, language)
SIGAP_SINCE(2, CallerSpeaks)
SIGAP_STRUCT(CallUrgent, call, reason)
SIGAP_STRUCT(CallDoubted, call, reason)
SIGAP_STRUCT(CallerRemembered, call, pranks, ghosts)
SIGAP_STRUCT(DoubtLifted, call)
SIGAP_STRUCT(AskedToPress, call, leg, offer)
SIGAP_ENUM(ReturnReason, browser_lost, media_failed, signed_out, transferred, relay_lost)
SIGAP_STRUCT(RingBackPlaced, call, leg, trunk, station, task, incident, caller, number, location)
SIGAP_STRUCT(RingBackAnswered, call, leg, sdp, signalling)
SIGAP_STRUCT(RingBackQueued, call, leg, pressed)
SIGAP_STRUCT(RingBackDeclined, call, leg, task)
SIGAP_STRUCT(SupervisorAsked, call, person, wanted)
SIGAP_STRUCT(GuestInvited, call, offer, kind, person, was_ready, line, leg, trunk, number)
SIGAP_STRUCT(GuestRang, call, offer, leg)
SIGAP_STRUCT(GuestCame, call, offer, kind, person, session, leg, desk_leg, desk, sdp, signalling)
SIGAP_STRUCT(GuestConnected, call, offer)
SIGAP_STRUCT(GuestLeft, call, offer, kind, person, leg, desk_leg, how)
SIGAP_STRUCT(CallHandedOver, call, leg, offer, from, person, session)
SIGAP_ENUM(ListeningEnd, stopped, call_ended, operator_changed, took_call, lost, failed)
SIGAP_STRUCT(Listener, offer, whisper, call, leg, person, session, operator_, whisper_leg, desk_leg, since, whispers)
SIGAP_STRUCT(ListeningStarted, call, leg, offer, whisper, person, session, operator_, whisper_leg, desk_leg, desk)
SIGAP_SINCE(2, ListeningStarted)
SIGAP_STRUCT(ListeningEnded, call, leg, offer, person, whisper_leg, desk_leg, how)
SIGAP_SINCE(2, ListeningEnded)
SIGAP_STRUCT(Whispered, call, offer, person, speaks)
SIGAP_SINCE(2, Whispered)
SIGAP_STRUCT(CallRelayed, call, leg, offer, person, other, other_offer)
SIGAP_STRUCT(CallReturned, call, leg, offer, person, reason)
SIGAP_STRUCT(CallPlaced, call, leg, offer, trunk, station, task, incident, person, was_ready, caller, number, location)
SIGAP_STRUCT(CallRang, call, leg)
SIGAP_STRUCT(CallPickedUp, call, leg, offer, session, sdp, signalling)
SIGAP_STRUCT(CallUnreached, call, leg, person, by, cause)
SIGAP_STRUCT(CallEnded, call, leg, by, answered, short_ring, cause)
SIGAP_STRUCT(LegClosed, call, leg)
SIGAP_STRUCT(OutcomeSet, call, incident, person, outcome, by_timeout)
SIGAP_STRUCT(CallClosed, call, incident)

}  // namespace sigap::calls

namespace sigap::distribution {

SIGAP_ENUM(Tier, home, province_desk, province, headquarters, nation)
SIGAP_ENUM(OfferEnd, accepted, taken, missed, declined, call_ended, operator_lost, operator_left)
SIGAP_STRUCT(Offer, id, call, person, tier, second_ring, at, until, ended)
SIGAP_STRUCT(CallOffered, offer, call, person, tier, second_ring, until)
SIGAP_STRUCT(OfferRenewed, offer, call, person, until)
SIGAP_STRUCT(SecondRingOpened, call)
SIGAP_STRUCT(OfferEnded, offer, call, person, how, taken_by)

}  // namespace sigap::distribution

namespace sigap::incidents {

SIGAP_ENUM(IncidentType, unknown, traffic_accident, theft, robbery, assault, domestic_violence, disturbance,
           missing_person, fire, disaster, medical, suspicious_activity, other)
SIGAP_ENUM(Priority, p1, p2, p3)
SIGAP_ENUM(Origin, call, counter, radio, observation, agency, app)
SIGAP_SINCE(2, Origin, app)
SIGAP_ENUM(Answer, handled, passed_on, nothing_found, no_police_matter, false_report, duplicate)
SIGAP_STRUCT(Place, text, point, radius_m)
SIGAP_ENUM(LinkState, none, on_its_way, sent, failed)
SIGAP_STRUCT(Candidate, incident, distance_m)
SIGAP_ENUM(HappeningKind, opened, call_ended, type_set, priority_set, place_set, alert_sent, alert_delivered,
           alert_acknowledged, alert_en_route, alert_on_scene, alert_done, alert_expired, alert_declined,
           alert_cancelled, alert_off_duty, nobody_answered, help_requested, joined, split, link_ordered, link_sent,
           link_failed, closed)
SIGAP_STRUCT(Happening, kind, at, by, unit, radio, type, priority, answer, other)
SIGAP_STRUCT(Incident, id, station, province, call, origin, opened_by, opened, type, priority, place, notes, reporter,
             number, closed, answer, closed_at, tracking_hash, tracking_token, link, link_effect, tracking_until, into,
             root, latest, candidates, history, page_leg)
SIGAP_STRUCT(IncidentOpened, incident, call, station, person, number, place, after, origin)
SIGAP_SINCE(2, IncidentOpened, origin)
SIGAP_STRUCT(IncidentEdited, incident, person, incident_type, priority, place, notes, reporter)
SIGAP_STRUCT(TrackingOpened, incident, token_hash, token)
SIGAP_STRUCT(IncidentClosed, incident, person, answer, tracking_until)
SIGAP_STRUCT(IncidentArchived, incident)
SIGAP_STRUCT(IncidentLikened, incident, candidates)
SIGAP_STRUCT(IncidentJoined, incident, into, person)
SIGAP_STRUCT(IncidentSplit, incident, from, person)
SIGAP_STRUCT(MessageOrdered, message, incident, number, text)

}  // namespace sigap::incidents

namespace sigap::dispatch {

SIGAP_ENUM(AlertStatus, sent, delivered, acknowledged, en_route, on_scene, done)
SIGAP_ENUM(AlertEnd, expired, declined, cancelled, incident_closed, off_duty)
SIGAP_ENUM(Via, app, radio, client)
SIGAP_SINCE(2, Via, client)
SIGAP_ENUM(PickReason, nearest, position_old, no_position)
SIGAP_STRUCT(Unit, person, on_duty_since, alert)
SIGAP_STRUCT(Alert, id, incident, unit, status, via, step, raised, until, since)
SIGAP_STRUCT(Pick, unit, distance_m, reason)
SIGAP_STRUCT(PickPosition, unit, point)
SIGAP_STRUCT(UnitOnDuty, unit)
SIGAP_STRUCT(UnitOffDuty, unit)
SIGAP_STRUCT(UnitsRecommended, incident, picks, positions)
SIGAP_STRUCT(AlertRaised, alert, incident, unit, by, step, distance_m, until)
SIGAP_STRUCT(AlertAdvanced, alert, incident, unit, status, via, by)
SIGAP_STRUCT(AlertEnded, alert, incident, unit, how)
SIGAP_STRUCT(ChainExhausted, incident)
SIGAP_STRUCT(HelpRequested, unit, alert, position)

}  // namespace sigap::dispatch

namespace sigap::tasks {

SIGAP_ENUM(TaskKind, callback, cut_off, refused_call, unanswered_alarm, officer_help, text, field_report, app_report,
           late_complaint)
SIGAP_SINCE(2, TaskKind, field_report, app_report, late_complaint)
SIGAP_ENUM(CallbackEnd, reached, busy, no_answer, declined, no_such_number, trunk_refused, failed, given_up, hung_up)
SIGAP_ENUM(TaskReason, called_back, no_answer, called_again, handled, false_alarm, not_needed, said_no)
SIGAP_STRUCT(Text, at, name, text)
SIGAP_STRUCT(Task, id, kind, station, call, incident, unit, caller, number, opened, latest, calls, short_ring, taken_by,
             place, helpers, trunk, location, tries, tried, tried_at, ring_back_leg, ringing_back, texts, complaint)
SIGAP_STRUCT(TaskOpened, task, kind, station, call, incident, unit, caller, number, short_ring, place, helpers, trunk,
             location, complaint)
SIGAP_SINCE(2, TaskOpened, complaint)
SIGAP_STRUCT(RingBackPlanned, task, leg, at)
SIGAP_STRUCT(RingBackDue, task)
SIGAP_STRUCT(RingBackSkipped, task)
SIGAP_STRUCT(TaskMerged, task, call, short_ring)
SIGAP_STRUCT(TextReceived, task, name, text)
SIGAP_STRUCT(TaskTaken, task, person)
SIGAP_STRUCT(CallbackTried, task, call, person, end)
SIGAP_STRUCT(TaskClosed, task, person, reason, note)

}  // namespace sigap::tasks

namespace sigap::reputation {

SIGAP_ENUM(Mark, prank, ghost)
SIGAP_ENUM(ClearReason, genuine, forgiven)
SIGAP_STRUCT(Reputation, points, since, gone, pranks, ghosts)
SIGAP_STRUCT(NumberMarked, caller, call, mark)
SIGAP_STRUCT(NumberCleared, caller, call, person, reason)

}  // namespace sigap::reputation

namespace sigap::privacy {

SIGAP_ENUM(Basis, request, retention)
SIGAP_STRUCT(RecordsForgotten, records, basis, caller, asked_by, reason)
SIGAP_STRUCT(RecordsRead, session, person, records)
SIGAP_STRUCT(CallerLookedUp, session, person, caller, found)
SIGAP_STRUCT(RecordingPlayed, session, person, call, reason)
SIGAP_SINCE(2, RecordingPlayed)
SIGAP_STRUCT(HoldPlaced, call, records, station, person, reason)
SIGAP_SINCE(2, HoldPlaced)
SIGAP_STRUCT(HoldLifted, call, asked_by, reason)
SIGAP_SINCE(2, HoldLifted)
SIGAP_STRUCT(RecordingsDropped, calls)
SIGAP_SINCE(2, RecordingsDropped)

}  // namespace sigap::privacy

namespace sigap::quality {

SIGAP_ENUM(SampleReason, drawn, silent, complaint, priority_one)
SIGAP_ENUM(Part, call, dispatch)
SIGAP_ENUM(ReviewEnd, done, missed)
SIGAP_STRUCT(Criterion, code, part, indonesian, english, weight)
SIGAP_STRUCT(Form, version, criteria)
SIGAP_STRUCT(Score, reviewer, at, form, marks, percent, comment)
SIGAP_STRUCT(Review, id, call, incident, station, operator_, call_at, reason, drawn, due, calibrates, scores,
             acknowledged, answer)
SIGAP_STRUCT(ReviewFormDefined, form)
SIGAP_SINCE(2, ReviewFormDefined)
SIGAP_STRUCT(ReviewDrawn, review, call, incident, station, operator_, call_at, reason, due, calibrates)
SIGAP_SINCE(2, ReviewDrawn)
SIGAP_STRUCT(ReviewPassed, call, reason)
SIGAP_SINCE(2, ReviewPassed)
SIGAP_STRUCT(CallReviewed, review, person, form, marks, percent, comment)
SIGAP_SINCE(2, CallReviewed)
SIGAP_STRUCT(ReviewAcknowledged, review, person, answer)
SIGAP_SINCE(2, ReviewAcknowledged)
SIGAP_STRUCT(ReviewClosed, review, how)
SIGAP_SINCE(2, ReviewClosed)

}  // namespace sigap::quality

namespace sigap::cases {

SIGAP_ENUM(CaseOrigin, page, call)
SIGAP_ENUM(EntryKind, opened, moved, raised, late, answered, closed, noted, not_solved, rated)
SIGAP_STRUCT(Category, code, indonesian, english, conduct)
SIGAP_STRUCT(CategoriesDefined, categories)
SIGAP_SINCE(2, CategoriesDefined)
SIGAP_STRUCT(CaseOpened, complaint, origin, call, category, conduct, about, station, caller, number, text, where,
             code_hash, limit, due)
SIGAP_SINCE(2, CaseOpened)
SIGAP_STRUCT(CaseMoved, complaint, person, station, category, conduct, due)
SIGAP_SINCE(2, CaseMoved)
SIGAP_STRUCT(CaseRaised, complaint, station, due)
SIGAP_SINCE(2, CaseRaised)
SIGAP_STRUCT(CaseAnswered, complaint, person, text, closes, due)
SIGAP_SINCE(2, CaseAnswered)
SIGAP_STRUCT(CaseNoted, complaint, person, text)
SIGAP_SINCE(2, CaseNoted)
SIGAP_STRUCT(CaseContested, complaint, text, station, limit, due)
SIGAP_SINCE(2, CaseContested)
SIGAP_STRUCT(CaseRated, complaint, mark)
SIGAP_SINCE(2, CaseRated)
SIGAP_STRUCT(CaseMessageOrdered, message, complaint, number, text)
SIGAP_SINCE(2, CaseMessageOrdered)
SIGAP_STRUCT(CaseArchived, complaint)
SIGAP_SINCE(2, CaseArchived)

}  // namespace sigap::cases

namespace sigap::clients {

SIGAP_ENUM(Scope, told, answers, reports, personal)
SIGAP_ENUM(Topic, alert, incident)
SIGAP_STRUCT(Dead, event, topic, incident, at)
SIGAP_STRUCT(Client, id, name, station, scopes, topics, url, disabled, key, key_next, key_before, key_before_until,
             used, refused, refusal, unreached, trouble, dead)
SIGAP_STRUCT(Report, client, key)
SIGAP_STRUCT(ClientAdded, client, name, station, scopes, topics, url, by)
SIGAP_SINCE(2, ClientAdded)
SIGAP_STRUCT(ClientChanged, client, station, scopes, topics, url, by)
SIGAP_SINCE(2, ClientChanged)
SIGAP_STRUCT(ClientKeyMade, client, key, by)
SIGAP_SINCE(2, ClientKeyMade)
SIGAP_STRUCT(ClientEnabled, client, key_before_until)
SIGAP_SINCE(2, ClientEnabled)
SIGAP_STRUCT(ClientDisabled, client)
SIGAP_SINCE(2, ClientDisabled)
SIGAP_STRUCT(ClientHeard, client, served, refused, refusal)
SIGAP_SINCE(2, ClientHeard)
SIGAP_STRUCT(DeliveriesReported, client, trouble, dead)
SIGAP_SINCE(2, DeliveriesReported)
SIGAP_STRUCT(DeliveriesReplayed, client, by)
SIGAP_SINCE(2, DeliveriesReplayed)
SIGAP_STRUCT(ReportTaken, incident, client, key)
SIGAP_SINCE(2, ReportTaken)

}  // namespace sigap::clients

namespace sigap::rosters {

SIGAP_STRUCT(Shift, id, station, from, until, people, needed, begun, ended)
SIGAP_STRUCT(ShiftPlanned, shift, station, from, until, people, needed, by)
SIGAP_STRUCT(ShiftChanged, shift, station, from, until, people, left, needed, by)
SIGAP_STRUCT(ShiftRemoved, shift, station, left, by)
SIGAP_STRUCT(ShiftBegan, shift, station)
SIGAP_STRUCT(ShiftEnded, shift, station)

}  // namespace sigap::rosters

namespace sigap::recordings {

SIGAP_ENUM(Interruption, recorder_away, disk_full, media)
SIGAP_STRUCT(RecordingStarted, recording, call)
SIGAP_SINCE(2, RecordingStarted)
SIGAP_STRUCT(RecordingInterrupted, recording, call, reason)
SIGAP_SINCE(2, RecordingInterrupted)
SIGAP_STRUCT(RecordingResumed, recording, call)
SIGAP_SINCE(2, RecordingResumed)
SIGAP_STRUCT(RecordingEnded, recording, call, bytes, sha256, lasted, missing)
SIGAP_SINCE(2, RecordingEnded)

}  // namespace sigap::recordings

namespace sigap::core {

SIGAP_STRUCT(EpochBegan, epoch, version, format)
SIGAP_STRUCT(ServedLate, by)
SIGAP_STRUCT(DoorRefusals, trunk, status, count)
SIGAP_STRUCT(TurnedAwayAtDoor, over, strangers, intruders, addresses, from_others, refusals)
SIGAP_ENUM(EffectOutcome, done, failed, dropped)
SIGAP_STRUCT(EffectSettled, effect, outcome, note)
SIGAP_STRUCT(EffectsDone, effects)
SIGAP_STRUCT(Actor, person, session, reason)
SIGAP_STRUCT(Event, id, stream, epoch, seq, at, version, cause, actor, body)

}  // namespace sigap::core
