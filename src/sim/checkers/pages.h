// Calls of citizens' pages keep to their share, whatever becomes of pages, sockets and processes.
#pragma once
#include "base/id_map.h"
#include "sim/checkers/checker.h"

namespace sigap::sim {

class PagesChecker final : public Checker {
 public:
  using Checker::Checker;
  void event(const core::Event& event, Instant truly) override;

 private:
  static constexpr std::int64_t kShare = 6;  ///< of a simulated server

  Rule& share_ = rule("pages never take a telephone caller's place");
  Rule& one_ = rule("a page has one call at a time");
  IdMap<CallId, CallerRef> live_;  ///< calls of pages that have not ended
};

}  // namespace sigap::sim
