// Descriptions of the state, for checkpoints and the state hash.
#pragma once
#include "codec/describe.h"
#include "codec/describe_domain.h"
#include "core/state.h"

namespace sigap::core {

SIGAP_ENUM(TimerKind, second_ring, offer, connect, browser, wrap_up, session, alert, tracking, test_call, hold, ask,
           callee, guest, ring_back, ring_back_key, shift_begins, shift_ends, approval, review, complaint)

}  // namespace sigap::core

namespace sigap::stations {

SIGAP_STRUCT(State, stations)

}  // namespace sigap::stations

namespace sigap::people {

SIGAP_STRUCT(State, people, sessions, operators, person_of_login, session_of_person, approvals, refused_sign_ins)

}  // namespace sigap::people

namespace sigap::calls {

SIGAP_STRUCT(Leg, call, invite_at, described_at, our_sdp, voices, voice, confirmed, told, refused, refused_with, ending,
             placed, guest)
SIGAP_STRUCT(State, calls, legs, waiting, ringing_back, by_caller, listeners)

}  // namespace sigap::calls

namespace sigap::incidents {

SIGAP_STRUCT(State, incidents, by_token_hash, by_link_effect, reports, likers)

}  // namespace sigap::incidents

namespace sigap::dispatch {

SIGAP_STRUCT(State, units, alerts, tried, lapsed, recommended, attended)

}  // namespace sigap::dispatch

namespace sigap::tasks {

SIGAP_STRUCT(State, tasks, callbacks, ring_backs, by_caller, alarms)

}  // namespace sigap::tasks

namespace sigap::reputation {

SIGAP_STRUCT(State, numbers, by_end)

}  // namespace sigap::reputation

namespace sigap::quality {

SIGAP_STRUCT(State, reviews, forms, next, passed)

}  // namespace sigap::quality

namespace sigap::cases {

SIGAP_STRUCT(Entry, kind, at, person, station, text, mark)
SIGAP_STRUCT(Case, id, origin, call, category, conduct, about, station, caller, number, text, where, code_hash, opened,
             limit, due, late, task, heard, contested, closed, until, mark, entries)
SIGAP_STRUCT(State, next, categories, cases, by_code, by_caller)

}  // namespace sigap::cases

namespace sigap::privacy {

SIGAP_STRUCT(Hold, call, records, station, placed_by, since, reason)

}  // namespace sigap::privacy

namespace sigap::clients {

SIGAP_STRUCT(State, next, clients, by_name, reports, by_key)

}  // namespace sigap::clients

namespace sigap::rosters {

SIGAP_STRUCT(State, shifts, by_person, running, over)

}  // namespace sigap::rosters

namespace sigap::recordings {

SIGAP_STRUCT(Recording, id, call, began, interrupted)
SIGAP_STRUCT(State, next, live, by_call)

}  // namespace sigap::recordings

namespace sigap::core {

SIGAP_STRUCT(Counters, call, offer, incident, alert, task, person, session, message, shift, approval, sign_in_refusal)
SIGAP_STRUCT(Timer, at, kind, id)
SIGAP_STRUCT(Timers, by_time, by_kind)
SIGAP_STRUCT(Facts, fold, position, epoch, format, now, next, stations, people, calls, offers, incidents, dispatch,
             tasks, standing, rosters, clients, timers, outstanding, holds, recordings, quality, cases)

}  // namespace sigap::core
