#include "sim/partners.h"

namespace sigap::sim {
namespace {

constexpr const char* kName = "partner";

}  // namespace

void Partners::join(const StationCode& headquarters) {
  using clients::Scope, clients::Topic;
  stage_.server.deliver(core::CommandAsked{
      core::CommandLine{},
      core::AddClient{
          kName, headquarters, {Scope::told, Scope::answers}, {Topic::alert}, "https://partner.example/sigap"},
      "token", "hash"});
}

void Partners::says(Duration after, core::Command command) {
  stage_.after(after, [this, life = stage_.server.lives(), command = std::move(command)]() mutable {
    // What was under way when the process died is said again by a real one; here it is not.
    if (stage_.server.up() && stage_.server.lives() == life)
      stage_.server.deliver(core::CommandAsked{core::ApiClient{kName}, std::move(command), "", ""});
  });
}

void Partners::event(const core::Event& event) {
  using dispatch::AlertStatus;
  const auto* raised = std::get_if<dispatch::AlertRaised>(&event.body);
  if (!raised || stage_.healing) return;
  auto& random = stage_.partners;
  if (random.chance(50)) return;  // its server is dead, or its officer is not there
  const auto when =
      random.chance(70) ? random.between(seconds(1), seconds(10)) : random.between(seconds(20), seconds(90));
  if (random.chance(20)) return says(when, core::DeclineAlert{raised->alert});
  says(when, core::AdvanceAlert{raised->alert, AlertStatus::acknowledged});
  if (random.chance(30))
    says(when + random.between(milliseconds(1), seconds(40)),
         core::AdvanceAlert{raised->alert, AlertStatus::acknowledged});
  if (random.chance(20)) says(when + random.between(milliseconds(1), seconds(40)), core::DeclineAlert{raised->alert});
}

}  // namespace sigap::sim
