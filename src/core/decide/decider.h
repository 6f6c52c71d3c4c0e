// One decision in the making: the state it reads, the events it has caused so far. emit() folds at once, so that later
// parts of the same decision see what earlier ones did. What is emitted is committed before anything of it leaves the
// process.
#pragma once
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.h"
#include "core/policy.h"
#include "core/state.h"

namespace sigap::core {

struct Decider {
  State& state;
  const Positions& positions;
  const Policy& policy;
  Instant now;
  std::string cause;
  Asker asker = {};
  Actor actor = {};  ///< the person or whoever else, as events note it
  std::vector<Event> events = {};

  /// `body`: an alternative of EventBody. One that the journal's format has no word for does not happen (kFormatOf).
  template <class Body>
  void emit(Body body) {
    Event& event = begin_event();
    if constexpr (std::is_same_v<Body, EpochBegan>) event.epoch = body.epoch;
    event.body = std::move(body);
    if (!has_words(event)) return events.pop_back();
    apply(state, event);
  }

 private:
  Event& begin_event();
  /// In the journal's format. What is newer and may be absent is left out.
  bool has_words(Event& event) const;
};

/// A leg's name: 128 bits in hexadecimal (ports/telephony.h) out of so many or more.
inline LegId leg_named(const std::string& fresh) {
  constexpr std::size_t kLegName = 32;
  return {fresh.substr(0, kLegName)};
}

/// Refused, or done.
using Verdict = std::optional<Refusal>;
inline Verdict no(std::string code, std::string message, std::string field = {}) {
  return Refusal{std::move(code), std::move(field), std::move(message)};
}

}  // namespace sigap::core
