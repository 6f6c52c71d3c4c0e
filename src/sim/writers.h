// Callers whose page writes, in one world of four, and the operators who answer them: a line is said again until it is
// seen in the record, then the next one comes, as the pages do (web/src/core/lines.ts). Chance of their own: who writes
// must not change who calls.
#pragma once
#include "base/id_map.h"
#include "sim/hands.h"

namespace sigap::sim {

class Writers {
 public:
  Writers(Stage& stage, Hands& hands) : stage_(stage), hands_(hands) {}
  void event(const core::Event& event);
  /// Whether this caller's call comes from a page.
  static bool by_page(const Scenario& scenario, std::int64_t caller);

 private:
  struct Writer {
    Hands::Caller who = 0;
    std::int64_t wants = 0;  ///< lines
    std::int64_t written = 0, answered = 0;
    std::int64_t wanted = 0;  ///< answers
  };
  void writes(CallId call, std::int64_t number);
  void answers(CallId call, std::int64_t number);

  Stage& stage_;
  Hands& hands_;
  IdMap<CallId, Writer> writers_;
};

}  // namespace sigap::sim
