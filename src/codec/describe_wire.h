// Descriptions of the commands and of what travels over the WebSocket.
#pragma once
#include "codec/describe.h"
#include "codec/describe_domain.h"
#include "core/views/wire.h"

namespace sigap::core {

SIGAP_STRUCT(PassHeadset)
SIGAP_STRUCT(BeReady)
SIGAP_STRUCT(TakePause, training)
SIGAP_STRUCT(AcceptOffer, offer)
SIGAP_STRUCT(DeclineOffer, offer)
SIGAP_STRUCT(HangUp, call)
SIGAP_STRUCT(HoldCall, call)
SIGAP_STRUCT(ResumeCall, call)
SIGAP_STRUCT(AskToPress, call)
SIGAP_STRUCT(ForgiveNumber, call)
SIGAP_STRUCT(TransferCall, call, station)
SIGAP_STRUCT(SetOutcome, call, outcome)
SIGAP_STRUCT(EditIncident, incident, incident_type, priority, place, notes, reporter)
SIGAP_STRUCT(CloseIncident, incident, answer)
SIGAP_STRUCT(SendTracking, incident)
SIGAP_STRUCT(JoinIncident, incident, into)
SIGAP_STRUCT(SplitIncident, incident)
SIGAP_STRUCT(JoinSimilar, into)
SIGAP_STRUCT(RecommendUnits, incident)
SIGAP_STRUCT(DispatchUnit, incident, unit)
SIGAP_STRUCT(CancelAlert, alert)
SIGAP_STRUCT(AdvanceAlert, alert, status)
SIGAP_STRUCT(GoOnDuty)
SIGAP_STRUCT(GoOffDuty)
SIGAP_STRUCT(RequestHelp)
SIGAP_STRUCT(TakeTask, task)
SIGAP_STRUCT(CallBack, task)
SIGAP_STRUCT(CloseTask, task, reason, note)
SIGAP_STRUCT(AddPerson, login, name, role, station, call_sign, password)
SIGAP_STRUCT(ChangePerson, person, name, role, station, call_sign)
SIGAP_STRUCT(SetPassword, person, password)
SIGAP_STRUCT(DisablePerson, person)
SIGAP_STRUCT(EnablePerson, person)
SIGAP_STRUCT(DefineStation, station)
SIGAP_STRUCT(SignOut)
SIGAP_STRUCT(SelfCard, person, login, name, role, station, station_name, time_zone, station_point, headset_passed,
             state, not_ready_reason, since, offer, call, on_duty, alert)
SIGAP_STRUCT(CallCard, call, state, direction, callee, number, home, home_name, home_reason, arrived, waiting_since,
             answer_by, offer, offer_until, second_ring, answered_by, mine, connected, held, asked, urgent,
             urgent_reason, suspected, doubt, silent, digits, pranks, ghosts, accepted, location, location_note,
             incident, ended, ended_by)
SIGAP_STRUCT(PickCard, unit, call_sign, distance_m, reason)
SIGAP_STRUCT(AlikeCard, incident, type, distance_m, opened)
SIGAP_ENUM(TrackStep, received, officer_assigned, on_the_way, arrived, closed)
SIGAP_STRUCT(IncidentCard, incident, station, station_name, opened, type, priority, place, notes, reporter, number,
             call, mine, closed, answer, link, picks, attended, alike, into, reporters, help)
SIGAP_STRUCT(UnitCard, unit, call_sign, name, station, alert, status, position, position_at)
SIGAP_STRUCT(AlertCard, alert, incident, root, unit, call_sign, status, via, step, raised, until, since)
SIGAP_STRUCT(TaskCard, task, kind, station, number, call, incident, unit, own, place, opened, latest, calls, short_ring,
             taken_by, taken_by_me, can_call, tries, tried, tried_at)
SIGAP_STRUCT(BoardCard, waiting, waiting_home, longest_since, ready, talking)
SIGAP_STRUCT(PersonCard, person, login, name, role, station, call_sign, disabled, signed_in)
SIGAP_STRUCT(StationCard, station, name, level, parent, point, time_zone, regencies)
SIGAP_STRUCT(Removed, kind, id)
SIGAP_STRUCT(TrackCard, report, step, since, station_name, time_zone, answer)
SIGAP_STRUCT(Request, id, command)
SIGAP_STRUCT(ResumeVoice, call)
SIGAP_STRUCT(MediaAnswer, offer, sdp)
SIGAP_STRUCT(PositionReport, point, radius_m)
SIGAP_STRUCT(AlertSeen, alert)
SIGAP_STRUCT(FindPlace, id, text)
SIGAP_STRUCT(Heartbeat)
SIGAP_STRUCT(Track, token)
SIGAP_STRUCT(Welcome, version, now, session)
SIGAP_STRUCT(Update, seq, full, self, board, calls, incidents, units, alerts, tasks, people, stations, removed)
SIGAP_STRUCT(MediaOffer, offer, call, sdp)
SIGAP_STRUCT(Done, id)
SIGAP_STRUCT(Refused, id, code, field, message)
SIGAP_STRUCT(PlaceMatch, text, point, exact)
SIGAP_STRUCT(PlacesFound, id, places)
SIGAP_STRUCT(SessionOver, how)
SIGAP_STRUCT(Beat, now)
SIGAP_STRUCT(Tracking, known, report)

}  // namespace sigap::core
