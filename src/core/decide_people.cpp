// Sign-ins, browsers that come and go, readiness, and the administration of people and stations.
#include <algorithm>

#include "core/turn.h"

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

void drop_offer(Turn& t, PersonId person, distribution::OfferEnd how) {
  const auto* op = t.state.people.operator_of(person);
  if (op && op->state == OperatorState::offered) end_offer(t, op->offer, how);
}

Verdict not_lasting(const Turn& t, std::optional<bool> lasting) {
  if (lasting.value_or(false) && t.actor.session) return no("not_allowed", "by the command line alone", "lasting");
  return {};
}

/// Whoever did not choose a password themselves has to.
std::optional<Instant> until_chosen(const Turn& t, std::optional<bool> lasting) {
  return lasting.value_or(false) ? std::nullopt : std::optional(t.now + t.policy.temporary_lasts);
}

}  // namespace

void sign_in(Turn& t, const SignIn& in) {
  if (const auto* old = t.state.people.session_of(in.person)) end_session(t, old->id, SessionEnd::replaced);
  people::SessionOpened opened{{t.state.next.session}, in.person, in.token_hash, t.now + t.policy.session_lasts};
  const auto& known = t.state.people.person(in.person)->known_from;
  const bool met =
      std::any_of(known.begin(), known.end(), [&](const auto& place) { return place.address.value == in.address; });
  if (!in.address.empty() && !met) opened.from = personal(in.person, in.address);
  t.emit(std::move(opened));
}

void sign_in_failed(Turn& t, const SignInFailed& in) {
  people::SignInRefused refused{in.person, SignInRefusalId{t.state.next.sign_in_refusal}, in.times, {}};
  const auto subject = in.person ? subject_of(in.person) : subject_of_strangers(t.now);
  if (!in.address.empty()) refused.from = Personal<std::string>{subject, in.address};
  t.emit(std::move(refused));
}

void end_session(Turn& t, SessionId id, SessionEnd how) {
  const PersonId person = t.state.people.session(id)->person;
  drop_offer(t, person, distribution::OfferEnd::operator_left);
  if (const auto* op = t.state.people.operator_of(person)) {
    const auto call = op->call;
    if (op->state == OperatorState::talking && is_guest(t.state, call, person))
      guest_leaves(t, call, calls::GuestEnd::lost);
    else if (op->state == OperatorState::talking)
      return_call(t, call, calls::ReturnReason::signed_out);
    else if (op->state == OperatorState::wrap_up)
      (void)set_outcome(t, call, calls::Outcome::information, true);
  }
  if (t.state.dispatch.unit(person)) leave_duty(t, person);
  t.emit(people::SessionEnded{id, person, how});
  distribute(t);
}

void browser_attached(Turn& t, SessionId id) {
  const auto* session = t.state.people.session(id);
  if (!session || session->connected) return;
  const PersonId person = session->person;
  t.emit(people::BrowserConnected{id, person});
  const auto* comes = t.state.people.operator_of(person);
  if (comes && comes->state == OperatorState::not_ready && comes->reason == NotReadyReason::lost && comes->returns)
    t.emit(people::OperatorReady{person});
  // It rang when the server went away: the operator gets the whole time to answer.
  if (const auto* op = t.state.people.operator_of(person); op && op->state == OperatorState::offered)
    t.emit(
        distribution::OfferRenewed{op->offer, t.state.offers.at(op->offer).call, person, t.now + t.policy.offer_lasts});
  distribute(t);
}

void browser_gone(Turn& t, SessionId id) {
  const auto* session = t.state.people.session(id);
  if (!session || !session->connected) return;
  const PersonId person = session->person;
  t.emit(people::BrowserLost{id, person});
  drop_offer(t, person, distribution::OfferEnd::operator_lost);
  distribute(t);
}

void browser_timer(Turn& t, SessionId id) {
  const PersonId person = t.state.people.session(id)->person;
  const auto* op = t.state.people.operator_of(person);
  if (op && op->state == OperatorState::talking && is_guest(t.state, op->call, person)) {
    guest_leaves(t, op->call, calls::GuestEnd::lost);
  } else if (op && op->state == OperatorState::talking) {
    return_call(t, op->call, calls::ReturnReason::browser_lost);
  } else if (op && op->state == OperatorState::wrap_up) {
    (void)set_outcome(t, op->call, calls::Outcome::information, true);
  } else if (op && op->state != OperatorState::not_ready) {
    t.emit(people::OperatorNotReady{person, NotReadyReason::lost, true});
  } else {  // a pause stays a pause
    t.emit(people::BrowserAbsent{id, person});
  }
}

Verdict pass_headset(Turn& t) {
  t.emit(people::HeadsetPassed{t.actor.session, t.actor.person});
  return {};
}

Verdict be_ready(Turn& t) {
  const auto* op = t.state.people.operator_of(t.actor.person);
  if (!op) return no("not_allowed", "this role takes no calls");
  if (!t.state.people.session(op->session)->headset_passed) return no("headset", "the headset test comes first");
  if (op->state == OperatorState::ready || op->state == OperatorState::offered) return {};
  if (op->state == OperatorState::talking) return no("busy", "in a call");
  if (op->state == OperatorState::wrap_up) return no("busy", "the last call needs an outcome");
  t.emit(people::OperatorReady{t.actor.person});
  distribute(t);
  return {};
}

Verdict take_next(Turn& t, const std::string& fresh) {
  if (auto refusal = be_ready(t)) return refusal;
  const auto* op = t.state.people.operator_of(t.actor.person);
  if (op->state != OperatorState::offered) return {};  // somebody else was faster
  return accept_offer(t, AcceptOffer{op->offer}, fresh);
}

Verdict report_headset(Turn& t, const ReportHeadset& c) {
  const auto* op = t.state.people.operator_of(t.actor.person);
  if (!op) return no("not_allowed", "this role takes no calls");
  const bool idle = op->state == OperatorState::ready || op->state == OperatorState::offered;
  if (!c.works && idle) {
    drop_offer(t, t.actor.person, distribution::OfferEnd::operator_lost);
    t.emit(people::OperatorNotReady{t.actor.person, NotReadyReason::headset, true});
  } else if (c.works && op->state == OperatorState::not_ready && op->reason == NotReadyReason::headset && op->returns) {
    t.emit(people::OperatorReady{t.actor.person});
  }
  distribute(t);
  return {};
}

void not_ready_again(Turn& t, PersonId person) {
  const auto& op = *t.state.people.operator_of(person);
  t.emit(people::OperatorNotReady{person, op.reason, op.returns ? std::optional(true) : std::nullopt});
}

Verdict take_pause(Turn& t, const TakePause& c) {
  const auto* op = t.state.people.operator_of(t.actor.person);
  if (!op) return no("not_allowed", "this role takes no calls");
  if (op->state == OperatorState::talking || op->state == OperatorState::wrap_up) return no("busy", "in a call");
  drop_offer(t, t.actor.person, distribution::OfferEnd::declined);
  t.emit(people::OperatorNotReady{t.actor.person, c.training ? NotReadyReason::training : NotReadyReason::pause});
  distribute(t);
  return {};
}

Verdict add_person(Turn& t, const AddPerson& c) {
  if (const auto wrong = people::login_objection(c.login)) return no("invalid", *wrong, "login");
  if (t.state.people.by_login(c.login)) return no("exists", "this login is in use", "login");
  if (c.password.empty()) return no("invalid", "a password is needed", "password");
  if (auto wrong = objection(t.state, c.name, c.role, c.station, c.call_sign)) return wrong;
  if (auto wrong = not_lasting(t, c.lasting)) return wrong;
  const PersonId id{t.state.next.person};
  const people::PersonAdded added{id,        c.login,     personal(id, c.name),     c.role,
                                  c.station, c.call_sign, personal(id, c.password), until_chosen(t, c.lasting)};
  if (!waits_for_second(t)) return t.emit(added), Verdict{};
  if (auto alone = nobody_else(t, id, c.station)) return alone;
  t.emit(added);
  t.emit(people::PersonDisabled{id});
  people::ApprovalAsked asked;
  asked.kind = people::ApprovalKind::addition;
  asked.person = id;
  asked.station = c.station;
  return ask_second(t, std::move(asked));
}

Verdict change_person(Turn& t, const ChangePerson& c) {
  const auto* p = t.state.people.person(c.person);
  if (!p) return no("unknown", "no such person", "person");
  if (auto wrong = objection(t.state, c.name, c.role, c.station, c.call_sign)) return wrong;
  if (c.person == t.actor.person && c.role != p->role) return no("not_allowed", "not your own role", "role");
  if ((c.role != p->role || c.station != p->station) && waits_for_second(t)) {
    people::ApprovalAsked asked;
    asked.kind = people::ApprovalKind::change;
    asked.person = c.person;
    asked.name = personal(c.person, c.name);
    asked.role = c.role;
    asked.station = c.station;
    asked.call_sign = c.call_sign;
    return ask_second(t, std::move(asked));
  }
  record_change(t, {c.person, personal(c.person, c.name), c.role, c.station, c.call_sign});
  return {};
}

void record_change(Turn& t, people::PersonChanged change) {
  const auto& p = *t.state.people.person(change.person);
  const bool other = change.role != p.role || change.station != p.station;
  if (other) {
    end_approvals_of(t, change.person);
    if (const auto* session = t.state.people.session_of(change.person))
      end_session(t, session->id, SessionEnd::replaced);
  }
  t.emit(std::move(change));
}

Verdict set_password(Turn& t, const SetPassword& c) {
  const auto* p = t.state.people.person(c.person);
  if (!p) return no("unknown", "no such person", "person");
  if (c.password.empty()) return no("invalid", "a password is needed", "password");
  if (c.person == t.actor.person)
    return no("not_allowed", "your own: with the one you have (ChangePassword)", "person");
  if (auto wrong = not_lasting(t, c.lasting)) return wrong;
  if (waits_for_second(t)) {
    people::ApprovalAsked asked;
    asked.kind = people::ApprovalKind::password;
    asked.person = c.person;
    asked.station = p->station;
    asked.password_hash = personal(c.person, c.password);
    return ask_second(t, std::move(asked));
  }
  record_password(t, c.person, personal(c.person, c.password), until_chosen(t, c.lasting));
  return {};
}

void record_password(Turn& t, PersonId person, Personal<std::string> hash, std::optional<Instant> temporary_until) {
  t.emit(people::PasswordChanged{person, std::move(hash), temporary_until});
  if (const auto* session = t.state.people.session_of(person))
    end_session(t, session->id, SessionEnd::password_changed);
}

Verdict change_password(Turn& t, const ChangePassword& c) {
  if (c.password.empty()) return no("invalid", "a password is needed", "password");
  // What administrators ask for meanwhile waits on: whoever has the old password must not undo it.
  t.emit(people::PasswordChanged{t.actor.person, personal(t.actor.person, c.password)});
  return {};  // of other sign-ins there are none: a person has one at most
}

Verdict disable_person(Turn& t, const DisablePerson& c) {
  const auto* p = t.state.people.person(c.person);
  if (!p) return no("unknown", "no such person", "person");
  if (c.person == t.actor.person) return no("not_allowed", "not yourself", "person");
  if (p->disabled) return {};
  t.emit(people::PersonDisabled{c.person});
  end_approvals_of(t, c.person);
  if (const auto* session = t.state.people.session_of(c.person)) end_session(t, session->id, SessionEnd::disabled);
  return {};
}

Verdict enable_person(Turn& t, const EnablePerson& c) {
  const auto* p = t.state.people.person(c.person);
  if (!p) return no("unknown", "no such person", "person");
  if (!p->disabled) return {};
  if (waits_for_second(t)) {
    people::ApprovalAsked asked;
    asked.kind = people::ApprovalKind::enabling;
    asked.person = c.person;
    asked.station = p->station;
    return ask_second(t, std::move(asked));
  }
  t.emit(people::PersonEnabled{c.person});
  return {};
}

Verdict define_station(Turn& t, const DefineStation& c) {
  if (const auto wrong = stations::objection(t.state.stations, c.station)) return no("invalid", *wrong, "station");
  // Where no station is: in the Atlantic. It is what a form holds that nobody filled in.
  if (c.station.point == GeoPoint{}) return no("invalid", "a place is needed", "station.point");
  t.emit(stations::StationDefined{c.station});
  return {};
}

}  // namespace sigap::core
