// A province on virtual time: callers who hang up, operators who miss, browsers that die, answers that come late,
// crashes that lose whatever was not durable, over the engine that serves. Checkers look after every step. One seed,
// one run: the same trace hash on every machine.
#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "base/time.h"

namespace sigap::sim {

struct Scenario {
  std::uint64_t seed = 1;
  std::int64_t calls = 200;
  std::int64_t operators = 6;
  std::int64_t officers = 4;
  Duration chaos = minutes(30);  ///< then everything must come to rest
};

struct Report {
  std::string violation;  ///< empty: all rules held; else the rule, the moment and what was seen
  std::string trace_hash;
  std::int64_t events = 0;
  std::map<std::string, std::int64_t>
      counts;  ///< calls, faults fired by kind, and how often each checker had something to check
};

Report simulate(const Scenario& scenario);

}  // namespace sigap::sim
