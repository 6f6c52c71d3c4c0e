// One group of rules that must hold whatever happens. A checker believes the journal alone: it keeps its own small
// model of what it was told by events, and does not ask the code that decided.
//   event   each durable event, in order, with the true time
//   step    after a batch; must be cheap, a nation has millions
//   look    the whole state; after every fifth batch in a small world, every ten minutes in a nation
//   derive  what the state keeps only to find things, against the facts; as look, but every hour in a nation
//   rest    everybody has hung up, nothing may be left in between
#pragma once
#include "base/time.h"
#include "core/state.h"
#include "sim/verdicts.h"

namespace sigap::sim {

class Checker {
 public:
  explicit Checker(Verdicts& verdicts) : verdicts_(verdicts) {}
  virtual ~Checker() = default;
  Checker(const Checker&) = delete;
  Checker& operator=(const Checker&) = delete;
  virtual void event(const core::Event&, Instant /*truly*/) {}
  virtual void step(const core::State&, Instant /*core's time*/) {}
  virtual void look(const core::State&) {}
  virtual void derive(const core::State&) {}
  virtual void rest(const core::State&) {}

 protected:
  Rule& rule(const char* name) { return verdicts_.rule(name); }
  /// Counts, and complains unless `holds`.
  void check(Rule& rule, bool holds, const char* what, std::int64_t id) {
    ++rule.tried;
    if (!holds) verdicts_.broken(rule, std::string(what) + ' ' + std::to_string(id));
  }

 private:
  Verdicts& verdicts_;
};

}  // namespace sigap::sim
