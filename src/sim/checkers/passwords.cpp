#include "sim/checkers/passwords.h"

#include "base/overloaded.h"

namespace sigap::sim {

void PasswordsChecker::event(const core::Event& event, Instant) {
  if (event.actor && temporary_.contains(event.actor->person) && event.cause.starts_with("command.")) {
    const bool chooses = event.cause == "command.change_password" || event.cause == "command.sign_out";
    const bool refused = std::holds_alternative<people::CommandRefused>(event.body);
    check(rule_, chooses || refused, "person", event.actor->person.value);
  }
  const auto set = [&](PersonId person, bool temporary) {
    if (temporary)
      temporary_.insert(person);
    else
      temporary_.erase(person);
  };
  visit_some(Overloaded{
                 [&](const people::PersonAdded& e) { set(e.person, e.temporary_until.has_value()); },
                 [&](const people::PasswordChanged& e) { set(e.person, e.temporary_until.has_value()); },
             },
             event.body);
}

}  // namespace sigap::sim
