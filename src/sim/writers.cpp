#include "sim/writers.h"

#include "base/overloaded.h"

namespace sigap::sim {
namespace {

constexpr Duration kSaysAgain = seconds(3);
constexpr std::int64_t kOfPages = 25;  ///< percent of calls, in a world where some write; own

}  // namespace

bool Writers::by_page(const Scenario& scenario, std::int64_t caller) {
  if (scenario.seed % 4 != 2 || scenario.format < 2) return false;
  Random chance(scenario.seed * 1'000'039 + static_cast<std::uint64_t>(caller));
  return chance.chance(kOfPages);
}

void Writers::event(const core::Event& event) {
  visit_some(Overloaded{
                 [&](const calls::CallArrived& e) {
                   const auto caller = hands_.caller_of(e.leg);
                   if (!caller || e.trunk.value != calls::kPageTrunk) return;
                   Random chance(stage_.scenario.seed * 1'000'037 + static_cast<std::uint64_t>(e.call.value));
                   writers_[e.call] = {*caller, 1 + chance.below(8)};
                   stage_.after(chance.between(seconds(0), seconds(5)), [this, call = e.call] { writes(call, 1); });
                 },
                 [&](const calls::TextSaid& e) {
                   const auto it = writers_.find(e.call);
                   if (it == writers_.end()) return;
                   auto& writer = it->second;
                   const bool theirs = e.by == calls::SaidBy::caller;
                   auto& done = theirs ? writer.written : writer.answered;
                   ++done;
                   if (theirs) ++writer.wanted;
                   if (theirs && done < writer.wants)
                     stage_.after(seconds(1), [this, call = e.call, next = done + 1] { writes(call, next); });
                   if (writer.answered < writer.wanted)
                     stage_.after(seconds(2),
                                  [this, call = e.call, next = writer.answered + 1] { answers(call, next); });
                 },
                 [&](const calls::CallEnded& e) { writers_.erase(e.call); },
             },
             event.body);
}

void Writers::writes(CallId call, std::int64_t number) {
  const auto it = writers_.find(call);
  if (it == writers_.end() || it->second.written >= number || !hands_.on_line(it->second.who)) return;
  if (const auto leg = hands_.leg_of(it->second.who)) {
    ++stage_.counts["lines"];
    stage_.say(Way::sip, core::TextTyped{*leg, "w" + std::to_string(number), "tolong"}, true);
  }
  stage_.after(kSaysAgain, [this, call, number] { writes(call, number); });
}

void Writers::answers(CallId id, std::int64_t number) {
  const auto it = writers_.find(id);
  if (it == writers_.end() || it->second.answered >= number) return;
  const auto& state = stage_.server.state();
  const auto* call = state.calls.find(id);
  const auto* session =
      call && call->state == calls::CallState::talking ? state.people.session_of(call->operator_) : nullptr;
  if (session) stage_.ask(session->id, core::SayText{id, "o" + std::to_string(number), "ya"});
  stage_.after(kSaysAgain, [this, id, number] { answers(id, number); });
}

}  // namespace sigap::sim
