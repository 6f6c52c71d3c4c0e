#include "domain/people/state.h"

#include <algorithm>

#include "base/check.h"

namespace sigap::people {
namespace {

void enter(Operator& op, OperatorState state, Instant at) {
  op.state = state;
  op.since = at;
}

/// The sign-in is on this device: a known one was seen again, another one is known from now on.
void device_used(std::vector<Device>& devices, const SessionOpened& e, Instant at) {
  const auto kind = e.device_kind.value_or(Personal<std::string>{});
  for (auto& device : devices)
    if (device.hash == *e.device) {
      device.kind = kind;  // browsers are renewed
      device.seen = at;
      return;
    }
  if (devices.size() >= kDevicesMost)
    devices.erase(std::ranges::min_element(devices, {}, [](const Device& each) { return each.seen; }));
  devices.push_back({*e.device, kind, at, at, e.new_device.value_or(false) ? std::optional(at) : std::nullopt});
}

}  // namespace

void State::apply(const PersonAdded& e) {
  people[e.person] = {e.person, e.login,           e.name, e.role, e.station, e.call_sign, e.password_hash,
                      false,    e.temporary_until, {},     {}};
  person_of_login[e.login] = e.person;
}

void State::apply(const PersonChanged& e) {
  Person& p = people.at(e.person);
  p.name = e.name;
  p.role = e.role;
  p.station = e.station;
  p.call_sign = e.call_sign;
}

void State::apply(const PasswordChanged& e) {
  Person& p = people.at(e.person);
  p.password_hash = e.password_hash;
  p.temporary_until = e.temporary_until;
}
void State::apply(const PersonDisabled& e) {
  people.at(e.person).disabled = true;
}
void State::apply(const PersonEnabled& e) {
  people.at(e.person).disabled = false;
}

void State::apply(const SessionOpened& e, Instant at) {
  Session s;
  s.id = e.session;
  s.person = e.person;
  s.token_hash = e.token_hash;
  s.opened = at;
  s.expires = e.expires;
  s.connected_since = at;
  s.proved = at;
  s.device = e.device;
  s.device_kind = e.device_kind;
  s.owes_factor = e.owes_factor;
  sessions[e.session] = s;
  if (e.from) {
    auto& known = people.at(e.person).known_from;
    if (known.size() >= kKnownFromMost) known.erase(known.begin());
    known.push_back({*e.from, at});
  }
  if (e.device) device_used(keyring(e.person).devices, e, at);
  session_of_person[e.person] = e.session;
  if (takes_calls(people.at(e.person).role)) {
    Operator op;
    op.person = e.person;
    op.session = e.session;
    op.since = op.idle_since = at;
    operators[e.person] = op;
  }
}

void State::apply(const SessionEnded& e, Instant at) {
  if (const auto& over = sessions.at(e.session); over.device_kind) {
    auto& past = keyring(e.person).past;
    if (past.size() >= kPastMost) past.erase(past.begin());
    past.push_back({e.session, *over.device_kind, over.opened, at, e.how});
  }
  sessions.erase(e.session);
  session_of_person.erase(e.person);
  operators.erase(e.person);
}

void State::apply(const BrowserConnected& e, Instant at) {
  Session& s = sessions.at(e.session);
  s.connected = true;
  s.connected_since = at;
  s.absent.reset();
}

void State::apply(const BrowserLost& e, Instant at) {
  Session& s = sessions.at(e.session);
  s.connected = false;
  s.connected_since = at;
}

void State::apply(const BrowserAbsent& e, Instant at) {
  sessions.at(e.session).absent = at;
}

void State::apply(const SessionProved& e, Instant at) {
  Session& s = sessions.at(e.session);
  s.proved = at;
  s.wrong_proofs = 0;
}

void State::apply(const ProofRefused& e) {
  ++sessions.at(e.session).wrong_proofs;
}

void State::apply(const ApprovalAsked& e, Instant at) {
  approvals[e.approval] = {e.approval, e.kind,    e.person,    e.asked_by,      at,        e.expires, e.name,
                           e.role,     e.station, e.call_sign, e.password_hash, e.erasure, e.client,  e.lifting};
}

void State::apply(const ApprovalEnded& e) {
  approvals.erase(e.approval);
}

void State::apply(const SignInRefused& e, Instant at) {
  if (!e.refusal) return;  // of an older journal: nothing is known but that it happened
  refused_sign_ins[*e.refusal] = {*e.refusal, at, e.person, e.times.value_or(1), e.from};
  refused_sign_ins.erase({e.refusal->value - kRefusedSignInsMost});
}

void State::apply(const HeadsetPassed& e) {
  sessions.at(e.session).headset_passed = true;
}

void State::apply(const OperatorReady& e, Instant at) {
  Operator& op = operators.at(e.person);
  enter(op, OperatorState::ready, at);
  op.returns = false;
  op.idle_since = at;
  op.offer = {};
  op.call = {};
}

void State::apply(const OperatorNotReady& e, Instant at) {
  Operator& op = operators.at(e.person);
  enter(op, OperatorState::not_ready, at);
  op.reason = e.reason;
  op.returns = e.was_ready.value_or(false);
  op.offer = {};
  op.call = {};
}

void State::offered(PersonId person, OfferId offer, Instant at) {
  Operator& op = operators.at(person);
  enter(op, OperatorState::offered, at);
  op.offer = offer;
}

void State::offer_over(PersonId person, Instant at) {
  const auto it = operators.find(person);
  if (it == operators.end()) return;
  it->second.offer = {};
  if (it->second.state == OperatorState::offered) enter(it->second, OperatorState::ready, at);
}

void State::talking(PersonId person, CallId call, Instant at) {
  Operator& op = operators.at(person);
  enter(op, OperatorState::talking, at);
  op.offer = {};
  op.call = call;
}

void State::wrap_up(PersonId person, Instant at) {
  const auto it = operators.find(person);
  if (it != operators.end()) enter(it->second, OperatorState::wrap_up, at);
}

const Person* State::person(PersonId id) const {
  const auto it = people.find(id);
  return it == people.end() ? nullptr : &it->second;
}

const Person* State::by_login(const std::string& login) const {
  const auto it = person_of_login.find(login);
  return it == person_of_login.end() ? nullptr : person(it->second);
}

const Session* State::session(SessionId id) const {
  const auto it = sessions.find(id);
  return it == sessions.end() ? nullptr : &it->second;
}

const Session* State::session_of(PersonId person) const {
  const auto it = session_of_person.find(person);
  return it == session_of_person.end() ? nullptr : session(it->second);
}

const Approval* State::approval(ApprovalId id) const {
  const auto it = approvals.find(id);
  return it == approvals.end() ? nullptr : &it->second;
}

const RefusedSignIn* State::refused_sign_in(SignInRefusalId id) const {
  const auto it = refused_sign_ins.find(id);
  return it == refused_sign_ins.end() ? nullptr : &it->second;
}

const Operator* State::operator_of(PersonId person) const {
  const auto it = operators.find(person);
  return it == operators.end() ? nullptr : &it->second;
}

bool takes_calls(Role role) {
  return role == Role::operator_ || role == Role::supervisor;
}

std::optional<std::string> login_objection(const std::string& login) {
  if (login.size() < 2 || login.size() > 32) return "2 to 32 characters";
  for (const char c : login)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-'))
      return "only a-z, 0-9, . _ and -";
  return std::nullopt;
}

}  // namespace sigap::people
