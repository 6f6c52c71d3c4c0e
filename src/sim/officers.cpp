#include "sim/officers.h"

#include "base/overloaded.h"

namespace sigap::sim {

using dispatch::AlertStatus;

template <class Command>
void Officers::asks(PersonId person, Command command) {
  const auto* session = stage_.server.state().people.session_of(person);
  if (session) stage_.ask(session->id, std::move(command));
}

void Officers::add(PersonId person, const stations::Station& station) {
  auto& random = stage_.random;
  const auto about = [&](std::int32_t e7) { return e7 + static_cast<std::int32_t>(random.below(600'000) - 300'000); };
  officers_[person].at = {about(station.point.longitude_e7), about(station.point.latitude_e7)};
  soon(person, seconds(1));
}

void Officers::soon(PersonId person, Duration time) {
  const auto it = officers_.find(person);
  if (it == officers_.end()) return;
  const auto doing = ++it->second.doing;
  stage_.after(time, [this, person, doing] {
    if (officers_[person].doing == doing) look(person);
  });
}

void Officers::look(PersonId person) {
  constexpr Duration kAgain = seconds(20);
  if (!stage_.server.up()) return;
  const auto& s = stage_.server.state();
  const auto* session = s.people.session_of(person);
  auto& random = stage_.random;
  if (!session) {
    stage_.say(Way::browser, core::SignIn{person, "phone" + std::to_string(random.next())});
    return soon(person, kAgain);
  }
  if (!session->connected) {
    stage_.say(Way::browser, core::BrowserAttached{session->id});
    return soon(person, kAgain);
  }
  const auto* unit = s.dispatch.unit(person);
  if (!unit) {
    asks(person, core::GoOnDuty{});
    return soon(person, kAgain);
  }
  const auto* alert = s.dispatch.alert(unit->alert);
  if (!alert) {
    if (stage_.odd() && random.chance(20)) asks(person, core::GoOffDuty{});
    if (stage_.odd() && random.chance(10)) asks(person, core::RequestHelp{});
    return;
  }
  if (alert->status == AlertStatus::sent) stage_.say(Way::browser, core::AlertShown{session->id, alert->id}, true);
  const auto id = alert->id;
  const auto advance = [&](AlertStatus to, Duration time) {
    const auto doing = ++officers_[person].doing;
    stage_.after(time, [this, person, doing, id, to] {
      if (officers_[person].doing != doing || !stage_.server.up()) return;
      asks(person, core::AdvanceAlert{id, to});
      soon(person, kAgain);
    });
  };
  switch (alert->status) {
    case AlertStatus::sent:
    case AlertStatus::delivered:
      if (!stage_.healing && random.chance(15)) return;  // does not hear it: the chain moves on
      if (!stage_.healing && stage_.odd() && random.chance(20)) return asks(person, core::DeclineAlert{id});
      return advance(AlertStatus::acknowledged, random.between(seconds(2), seconds(14)));
    case AlertStatus::acknowledged:
      return advance(AlertStatus::en_route, seconds(20));
    case AlertStatus::en_route:
      return advance(AlertStatus::on_scene, random.between(minutes(3), minutes(15)));
    case AlertStatus::on_scene:
      return advance(AlertStatus::done, stage_.healing ? seconds(5) : random.exponential(minutes(20)));
    case AlertStatus::done:
      return;
  }
}

void Officers::event(const core::Event& event) {
  visit_some(Overloaded{
                 [&](const dispatch::AlertRaised& e) { soon(e.unit, milliseconds(300)); },
                 [&](const dispatch::AlertAdvanced& e) { soon(e.unit, milliseconds(300)); },
                 [&](const dispatch::UnitOffDuty& e) { soon(e.unit, minutes(2)); },
                 [&](const people::SessionOpened& e) { soon(e.person, milliseconds(300)); },
                 [&](const people::SessionEnded& e) { soon(e.person, seconds(5)); },
                 [&](const people::BrowserConnected& e) { soon(e.person, milliseconds(300)); },
                 [&](const people::BrowserLost& e) { soon(e.person, seconds(5)); },
             },
             event.body);
}

void Officers::server_started() {
  report_positions();
  for (const auto& [person, officer] : officers_) soon(person, stage_.random.between(milliseconds(200), seconds(3)));
}

void Officers::report_positions() {
  if (!stage_.server.up()) return;
  auto& positions = stage_.server.positions();
  const auto time = stage_.server.core_time();
  for (auto& [person, officer] : officers_) {
    const auto step = [&](std::int32_t e7) {
      return e7 + static_cast<std::int32_t>(stage_.random.below(10'001) - 5'000);
    };
    officer.at = {step(officer.at.longitude_e7), step(officer.at.latitude_e7)};
    positions[person] = {officer.at, time};
  }
}

void Officers::browser_dies(PersonId person) {
  if (!stage_.server.up()) return;
  if (const auto* session = stage_.server.state().people.session_of(person))
    stage_.say(Way::sip, core::BrowserGone{session->id});
}

void Officers::see_something() {
  if (officers_.size() == 0 || !stage_.server.up()) return;
  auto& random = stage_.without_call;
  auto it = officers_.begin();
  std::advance(it, random.below(static_cast<std::int64_t>(officers_.size())));
  const auto type = static_cast<incidents::IncidentType>(random.below(13));
  asks(it->first, core::OpenIncident{incidents::Origin::observation, {}, type, "terlihat"});
}

}  // namespace sigap::sim
