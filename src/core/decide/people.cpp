// Sign-ins, browsers that come and go, readiness, and the administration of people and stations.
#include "core/decide/people.h"

#include <algorithm>

#include "core/decide/approvals.h"
#include "core/decide/calls.h"
#include "core/decide/dispatch.h"
#include "core/decide/distribution.h"
#include "core/decide/guests.h"
#include "core/decide/privacy.h"
#include "core/decide/second_factor.h"
#include "core/decide/tasks.h"

namespace sigap::core {
namespace {

using people::NotReadyReason;
using people::OperatorState;
using people::SessionEnd;

constexpr std::size_t kNameMax_bytes = 80;
constexpr std::size_t kCallSignMax_bytes = 16;

Verdict objection(const State& s, const std::string& name, people::Role role, const StationCode& station,
                  const std::string& call_sign) {
  if (name.empty() || name.size() > kNameMax_bytes) return no("invalid", "1 to 80 bytes", "name");
  if (!s.stations.find(station)) return no("invalid", "no such station", "station");
  if (call_sign.size() > kCallSignMax_bytes) return no("invalid", "at most 16 bytes", "call_sign");
  if (role == people::Role::officer && call_sign.empty())
    return no("invalid", "an officer's unit needs one", "call_sign");
  return {};
}

void drop_offer(Decider& d, PersonId person, distribution::OfferEnd how) {
  const auto* op = d.state.people.operator_of(person);
  if (op && op->state == OperatorState::offered) end_offer(d, op->offer, how);
}

Verdict not_lasting(const Decider& d, std::optional<bool> lasting) {
  if (lasting.value_or(false) && !std::holds_alternative<CommandLine>(d.asker))
    return no("not_allowed", "by the command line alone", "lasting");
  return {};
}

/// Whoever did not choose a password themselves has to.
std::optional<Instant> until_chosen(const Decider& d, std::optional<bool> lasting) {
  return lasting.value_or(false) ? std::nullopt : std::optional(d.now + d.policy.temporary_lasts);
}

}  // namespace

void sign_in(Decider& d, const SignIn& in) {
  if (const auto* old = d.state.people.session_of(in.person)) end_session(d, old->id, SessionEnd::replaced);
  people::SessionOpened opened{{d.state.next.session}, in.person, in.token_hash, d.now + d.policy.session_lasts};
  const auto& known = d.state.people.person(in.person)->known_from;
  const bool met =
      std::any_of(known.begin(), known.end(), [&](const auto& place) { return place.address.value == in.address; });
  if (!in.address.empty() && !met) opened.from = personal(in.person, in.address);
  const auto& person = *d.state.people.person(in.person);
  if (!in.device.empty()) {
    const auto& ring = person.keyring;
    opened.device = in.device;
    opened.device_kind = personal(in.person, in.device_kind);
    if (ring && !ring->devices.empty() && !ring->device(in.device)) opened.new_device = true;
  }
  if (owes_factor(d, person)) opened.owes_factor = true;
  d.emit(std::move(opened));
}

void sign_in_failed(Decider& d, const SignInFailed& in) {
  people::SignInRefused refused{in.person, SignInRefusalId{d.state.next.sign_in_refusal}, in.times, {}};
  const auto subject = in.person ? subject_of(in.person) : subject_of_strangers(d.now);
  if (!in.address.empty()) refused.from = Personal<std::string>{subject, in.address};
  d.emit(std::move(refused));
}

void end_session(Decider& d, SessionId id, SessionEnd how) {
  const PersonId person = d.state.people.session(id)->person;
  drop_offer(d, person, distribution::OfferEnd::operator_left);
  if (const auto* op = d.state.people.operator_of(person)) {
    const auto call = op->call;
    if (op->state == OperatorState::talking && is_guest(d.state, call, person))
      guest_leaves(d, call, calls::GuestEnd::lost);
    else if (op->state == OperatorState::talking)
      return_call(d, call, calls::ReturnReason::signed_out);
    else if (op->state == OperatorState::wrap_up)
      (void)set_outcome(d, call, calls::Outcome::information, true);
  }
  if (d.state.dispatch.unit(person)) leave_duty(d, person);
  taker_gone(d, person);
  d.emit(people::SessionEnded{id, person, how});
  distribute(d);
}

void browser_attached(Decider& d, SessionId id) {
  const auto* session = d.state.people.session(id);
  if (!session || session->connected) return;
  const PersonId person = session->person;
  d.emit(people::BrowserConnected{id, person});
  const auto* comes = d.state.people.operator_of(person);
  if (comes && comes->state == OperatorState::not_ready && comes->reason == NotReadyReason::lost && comes->returns)
    d.emit(people::OperatorReady{person});
  // It rang when the server went away: the operator gets the whole time to answer.
  if (const auto* op = d.state.people.operator_of(person); op && op->state == OperatorState::offered)
    d.emit(
        distribution::OfferRenewed{op->offer, d.state.offers.at(op->offer).call, person, d.now + d.policy.offer_lasts});
  distribute(d);
}

void browser_gone(Decider& d, SessionId id) {
  const auto* session = d.state.people.session(id);
  if (!session || !session->connected) return;
  const PersonId person = session->person;
  d.emit(people::BrowserLost{id, person});
  drop_offer(d, person, distribution::OfferEnd::operator_lost);
  distribute(d);
}

void browser_timer(Decider& d, SessionId id) {
  const PersonId person = d.state.people.session(id)->person;
  const auto* op = d.state.people.operator_of(person);
  if (op && op->state == OperatorState::talking && is_guest(d.state, op->call, person)) {
    guest_leaves(d, op->call, calls::GuestEnd::lost);
  } else if (op && op->state == OperatorState::talking) {
    return_call(d, op->call, calls::ReturnReason::browser_lost);
  } else if (op && op->state == OperatorState::wrap_up) {
    (void)set_outcome(d, op->call, calls::Outcome::information, true);
  } else if (op && op->state != OperatorState::not_ready) {
    operator_lost(d, person, true);
  } else {  // a pause stays a pause
    taker_gone(d, person);
    d.emit(people::BrowserAbsent{id, person});
  }
}

void operator_lost(Decider& d, PersonId person, std::optional<bool> returns) {
  taker_gone(d, person);
  d.emit(people::OperatorNotReady{person, NotReadyReason::lost, returns});
}

Verdict pass_headset(Decider& d) {
  d.emit(people::HeadsetPassed{d.actor.session, d.actor.person});
  return {};
}

Verdict be_ready(Decider& d) {
  const auto* op = d.state.people.operator_of(d.actor.person);
  if (!op) return no("not_allowed", "this role takes no calls");
  if (!d.state.people.session(op->session)->headset_passed) return no("headset", "the headset test comes first");
  if (op->state == OperatorState::ready || op->state == OperatorState::offered) return {};
  if (op->state == OperatorState::talking) return no("busy", "in a call");
  if (op->state == OperatorState::wrap_up) return no("busy", "the last call needs an outcome");
  d.emit(people::OperatorReady{d.actor.person});
  distribute(d);
  return {};
}

Verdict take_next(Decider& d, const std::string& fresh) {
  if (auto refusal = be_ready(d)) return refusal;
  const auto* op = d.state.people.operator_of(d.actor.person);
  if (op->state != OperatorState::offered) return {};  // somebody else was faster
  return accept_offer(d, AcceptOffer{op->offer}, fresh);
}

Verdict report_headset(Decider& d, const ReportHeadset& c) {
  const auto* op = d.state.people.operator_of(d.actor.person);
  if (!op) return no("not_allowed", "this role takes no calls");
  const bool idle = op->state == OperatorState::ready || op->state == OperatorState::offered;
  if (!c.works && idle) {
    drop_offer(d, d.actor.person, distribution::OfferEnd::operator_lost);
    d.emit(people::OperatorNotReady{d.actor.person, NotReadyReason::headset, true});
  } else if (c.works && op->state == OperatorState::not_ready && op->reason == NotReadyReason::headset && op->returns) {
    d.emit(people::OperatorReady{d.actor.person});
  }
  distribute(d);
  return {};
}

void not_ready_again(Decider& d, PersonId person) {
  const auto& op = *d.state.people.operator_of(person);
  d.emit(people::OperatorNotReady{person, op.reason, op.returns ? std::optional(true) : std::nullopt});
}

Verdict take_pause(Decider& d, const TakePause& c) {
  const auto* op = d.state.people.operator_of(d.actor.person);
  if (!op) return no("not_allowed", "this role takes no calls");
  if (op->state == OperatorState::talking || op->state == OperatorState::wrap_up) return no("busy", "in a call");
  drop_offer(d, d.actor.person, distribution::OfferEnd::declined);
  d.emit(people::OperatorNotReady{d.actor.person, c.training ? NotReadyReason::training : NotReadyReason::pause});
  distribute(d);
  return {};
}

Verdict add_person(Decider& d, const AddPerson& c) {
  if (const auto wrong = people::login_objection(c.login)) return no("invalid", *wrong, "login");
  if (d.state.people.by_login(c.login)) return no("exists", "this login is in use", "login");
  if (c.password.empty()) return no("invalid", "a password is needed", "password");
  if (auto wrong = objection(d.state, c.name, c.role, c.station, c.call_sign)) return wrong;
  if (auto wrong = not_lasting(d, c.lasting)) return wrong;
  const PersonId id{d.state.next.person};
  const people::PersonAdded added{id,        c.login,     personal(id, c.name),     c.role,
                                  c.station, c.call_sign, personal(id, c.password), until_chosen(d, c.lasting)};
  if (!waits_for_second(d)) return d.emit(added), Verdict{};
  if (auto alone = nobody_else(d, id, c.station)) return alone;
  d.emit(added);
  d.emit(people::PersonDisabled{id});
  people::ApprovalAsked asked;
  asked.kind = people::ApprovalKind::addition;
  asked.person = id;
  asked.station = c.station;
  return ask_second(d, std::move(asked));
}

Verdict change_person(Decider& d, const ChangePerson& c) {
  const auto* p = d.state.people.person(c.person);
  if (!p) return no("unknown", "no such person", "person");
  if (auto wrong = objection(d.state, c.name, c.role, c.station, c.call_sign)) return wrong;
  if (c.person == d.actor.person && c.role != p->role) return no("not_allowed", "not your own role", "role");
  if ((c.role != p->role || c.station != p->station) && waits_for_second(d)) {
    people::ApprovalAsked asked;
    asked.kind = people::ApprovalKind::change;
    asked.person = c.person;
    asked.name = personal(c.person, c.name);
    asked.role = c.role;
    asked.station = c.station;
    asked.call_sign = c.call_sign;
    return ask_second(d, std::move(asked));
  }
  record_change(d, {c.person, personal(c.person, c.name), c.role, c.station, c.call_sign});
  return {};
}

void record_change(Decider& d, people::PersonChanged change) {
  const auto& p = *d.state.people.person(change.person);
  const bool other = change.role != p.role || change.station != p.station;
  if (other) {
    end_approvals_of(d, change.person);
    if (const auto* session = d.state.people.session_of(change.person))
      end_session(d, session->id, SessionEnd::replaced);
  }
  d.emit(std::move(change));
}

Verdict set_password(Decider& d, const SetPassword& c) {
  const auto* p = d.state.people.person(c.person);
  if (!p) return no("unknown", "no such person", "person");
  if (c.password.empty()) return no("invalid", "a password is needed", "password");
  if (c.person == d.actor.person)
    return no("not_allowed", "your own: with the one you have (ChangePassword)", "person");
  if (auto wrong = not_lasting(d, c.lasting)) return wrong;
  if (waits_for_second(d)) {
    people::ApprovalAsked asked;
    asked.kind = people::ApprovalKind::password;
    asked.person = c.person;
    asked.station = p->station;
    asked.password_hash = personal(c.person, c.password);
    return ask_second(d, std::move(asked));
  }
  record_password(d, c.person, personal(c.person, c.password), until_chosen(d, c.lasting));
  return {};
}

void record_password(Decider& d, PersonId person, Personal<std::string> hash, std::optional<Instant> temporary_until) {
  if (temporary_until) remove_factors(d, person);
  d.emit(people::PasswordChanged{person, std::move(hash), temporary_until});
  if (const auto* session = d.state.people.session_of(person))
    end_session(d, session->id, SessionEnd::password_changed);
}

Verdict change_password(Decider& d, const ChangePassword& c) {
  if (c.password.empty()) return no("invalid", "a password is needed", "password");
  // What administrators ask for meanwhile waits on: whoever has the old password must not undo it.
  d.emit(people::PasswordChanged{d.actor.person, personal(d.actor.person, c.password)});
  return {};  // of other sign-ins there are none: a person has one at most
}

Verdict disable_person(Decider& d, const DisablePerson& c) {
  const auto* p = d.state.people.person(c.person);
  if (!p) return no("unknown", "no such person", "person");
  if (c.person == d.actor.person) return no("not_allowed", "not yourself", "person");
  if (p->disabled) return {};
  d.emit(people::PersonDisabled{c.person});
  end_approvals_of(d, c.person);
  if (const auto* session = d.state.people.session_of(c.person)) end_session(d, session->id, SessionEnd::disabled);
  return {};
}

Verdict enable_person(Decider& d, const EnablePerson& c) {
  const auto* p = d.state.people.person(c.person);
  if (!p) return no("unknown", "no such person", "person");
  if (!p->disabled) return {};
  if (waits_for_second(d)) {
    people::ApprovalAsked asked;
    asked.kind = people::ApprovalKind::enabling;
    asked.person = c.person;
    asked.station = p->station;
    return ask_second(d, std::move(asked));
  }
  d.emit(people::PersonEnabled{c.person});
  return {};
}

Verdict define_station(Decider& d, const DefineStation& c) {
  if (const auto wrong = stations::objection(d.state.stations, c.station)) return no("invalid", *wrong, "station");
  // Where no station is: in the Atlantic. It is what a form holds that nobody filled in.
  if (c.station.point == GeoPoint{}) return no("invalid", "a place is needed", "station.point");
  d.emit(stations::StationDefined{c.station});
  return {};
}

}  // namespace sigap::core
