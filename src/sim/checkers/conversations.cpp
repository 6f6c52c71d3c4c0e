#include "sim/checkers/conversations.h"

#include <algorithm>
#include <charconv>

#include "base/overloaded.h"

namespace sigap::sim {

std::int64_t ConversationsChecker::number(const std::string& name) {
  std::int64_t number = 0;
  if (!name.empty()) (void)std::from_chars(name.data() + 1, name.data() + name.size(), number);
  return number;
}

void ConversationsChecker::event(const core::Event& event, Instant) {
  visit_some(Overloaded{
                 [&](const calls::CallArrived& e) {
                   records_[e.call] = {};
                   calls_[e.leg] = e.call;
                 },
                 [&](const calls::TextSaid& e) {
                   auto& record = records_[e.call];
                   auto& names = e.by == calls::SaidBy::caller ? record.caller : record.ours;
                   const bool next = number(e.name) == static_cast<std::int64_t>(names.size()) + 1;
                   check(once_, next, "call", e.call.value);
                   check(ended_, record.open, "call", e.call.value);
                   names.push_back(e.name);
                   touched_.push_back(e.call);
                 },
                 [&](const calls::CallEnded& e) {
                   if (const auto it = records_.find(e.call); it != records_.end()) it->second.open = false;
                 },
                 [&](const calls::OutcomeSet& e) { records_.erase(e.call); },
                 [&](const calls::CallClosed& e) { records_.erase(e.call); },
             },
             event.body);
}

/// Both sides are shown what the state holds.
void ConversationsChecker::step(const core::State& state, Instant) {
  for (const auto id : std::exchange(touched_, {})) {
    const auto* call = state.calls.find(id);
    const auto it = records_.find(id);
    if (!call || it == records_.end()) continue;
    const auto written = it->second.caller.size() + it->second.ours.size();
    check(lost_, call->lines && call->lines->size() == written, "call", id.value);
  }
}

void ConversationsChecker::acknowledged(const core::Input& input) {
  const auto has = [&](CallId call, const std::string& name, bool ours) {
    const auto it = records_.find(call);
    if (it == records_.end()) return;  // closed meanwhile
    const auto& names = ours ? it->second.ours : it->second.caller;
    check(lost_, std::ranges::find(names, name) != names.end(), "call", call.value);
  };
  if (const auto* typed = std::get_if<core::TextTyped>(&input))
    if (const auto call = calls_.find(typed->leg); call != calls_.end()) has(call->second, typed->name, false);
  const auto* asked = std::get_if<core::CommandAsked>(&input);
  const auto* said = asked ? std::get_if<core::SayText>(&asked->command) : nullptr;
  if (said) has(said->call, said->name, true);
}

}  // namespace sigap::sim
