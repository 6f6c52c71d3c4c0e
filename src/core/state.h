// The state of the cell: the fold of its journal, nothing else.
// Invariant: two folds of the same events are equal, with or without keys for personal data (state_hash).
#pragma once
#include <map>
#include <set>
#include <utility>

#include "base/id_map.h"
#include "core/effect.h"
#include "core/fold/indexes.h"
#include "core/input.h"
#include "domain/calls/state.h"
#include "domain/cases/state.h"
#include "domain/clients/state.h"
#include "domain/dispatch/state.h"
#include "domain/incidents/state.h"
#include "domain/people/state.h"
#include "domain/privacy/hold.h"
#include "domain/quality/state.h"
#include "domain/recordings/state.h"
#include "domain/reputation/state.h"
#include "domain/rosters/state.h"
#include "domain/stations/state.h"
#include "domain/tasks/state.h"

namespace sigap::core {

/// Next number of each kind of id.
struct Counters {
  std::int64_t call = 1, offer = 1, incident = 1, alert = 1, task = 1, person = 1, session = 1, message = 1, shift = 1,
               approval = 1, sign_in_refusal = 1;
};

/// When something of the state runs out. Ordered by time.
struct Timer {
  Instant at;
  TimerKind kind = TimerKind::offer;
  std::int64_t id = 0;
  auto operator<=>(const Timer&) const = default;
};

/// What runs out for somebody who must react, or whose machine must.
inline constexpr TimerKind kOfReaction[] = {TimerKind::offer,  TimerKind::connect,      TimerKind::browser,
                                            TimerKind::guest,  TimerKind::wrap_up,      TimerKind::alert,
                                            TimerKind::callee, TimerKind::ring_back_key};

/// At most one timer for a kind and id.
struct Timers {
  std::set<Timer> by_time;
  std::map<TimerKind, IdMap<std::int64_t, Instant>> by_kind;

  void set(TimerKind kind, std::int64_t id, Instant at);
  void clear(TimerKind kind, std::int64_t id);
  /// When it runs out, if there is one.
  std::optional<Instant> due(TimerKind kind, std::int64_t id) const;
  bool runs(TimerKind kind, std::int64_t id) const { return due(kind, id).has_value(); }
};

/// Of apply(). Raised when it makes something else of the same events although the description of the state is the
/// same.
inline constexpr std::int64_t kFold = 1;

/// What the journal says: written into checkpoints and hashed.
struct Facts {
  /// By which it was folded: the state of another one is not believed. Absent: the first, as programs of before have
  /// it.
  std::optional<std::int64_t> fold = kFold > 1 ? std::optional(kFold) : std::nullopt;
  std::int64_t position = 0;  ///< of the last event folded in
  std::int64_t epoch = 0;
  std::int64_t format = 0;  ///< of the journal; 0: nothing is written yet
  Instant now;              ///< of the last event; never goes back
  Counters next;
  stations::State stations;
  people::State people;
  calls::State calls;
  IdMap<OfferId, distribution::Offer> offers;
  incidents::State incidents;
  dispatch::State dispatch;
  tasks::State tasks;
  reputation::State standing;
  rosters::State rosters;
  std::optional<quality::State> quality;  ///< none: no call was drawn for a review yet, and no form is known
  std::optional<clients::State> clients;  ///< none while there never was one
  Timers timers;
  std::set<EffectId> outstanding;               ///< effects ordered and not yet reported on
  std::optional<privacy::Holds> holds;          ///< of whose calls nothing is forgotten; absent: never were any
  std::optional<recordings::State> recordings;  ///< nothing: no call was ever recorded
  std::optional<cases::State> cases;            ///< nothing: nobody ever complained, and no categories are known
};

struct State : Facts {
  Indexes indexes;
};

/// Nothing of one that there is not.
template <class Name>  // ClientId, or a name
const clients::Client* find_client(const Facts& facts, const Name& name) {
  return facts.clients ? facts.clients->find(name) : nullptr;
}

inline const cases::Case* find_case(const Facts& facts, CaseId id) {
  return facts.cases ? facts.cases->find(id) : nullptr;
}

/// The only thing that changes a state. Cannot fail.
void apply(State& state, const Event& event);

}  // namespace sigap::core
