// A nation on virtual time: callers who give up and call again, operators who miss, officers who do not hear, browsers
// that die, answers that come late, crashes that lose whatever was not durable, over the engine that serves. Checkers
// look after every step. One seed, one run: the same trace on every machine.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "sim/scenario.h"
#include "sim/server.h"
#include "sim/statistics.h"

namespace sigap::sim {

struct Report {
  std::string violation;   ///< empty: all rules held; else the rule, the moment and what was seen
  std::string trace_hash;  ///< of the journal: the chain over every event
  std::int64_t steps = 0, events = 0, refused = 0;
  std::int64_t genuine = 0, genuine_answered = 0;  ///< callers who needed help; of them, those who spoke with a person
  std::map<std::string, std::int64_t> counts;      ///< calls, and faults fired by kind
  std::map<std::string, std::int64_t> checked;     ///< how often each rule had something to be checked against
  Results results;
};

struct Watch {
  std::function<void(const ports::JournalLine&)> trace;  ///< each line of the journal as it is written
  std::function<void(Duration)> progress;                ///< each simulated minute: how far it has come
  Duration answered_within = seconds(5);                 ///< what Service::within_goal counts
  bool replay = true;  ///< the journal is folded again from its text, and compared with the live state
};

/// An empty run is a violation: it proves nothing.
Report simulate(const Scenario& scenario, const Sabotage& sabotage = {}, const Watch& watch = {});

}  // namespace sigap::sim
