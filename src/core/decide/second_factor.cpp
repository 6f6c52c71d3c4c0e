#include "core/decide/second_factor.h"

#include <algorithm>

#include "core/decide/people.h"

namespace sigap::core {
namespace {

using people::FactorKind;
using people::Keyring;

constexpr std::size_t kPasskeyNameMax_bytes = 40;
/// The first format that has words for all of this.
constexpr std::int64_t kSaysFactors = kFormatOf<SetTotp>;

bool must_have_one(const Decider& d, const people::Person& person) {
  const bool trusted = person.role == people::Role::supervisor || person.role == people::Role::administrator;
  return d.policy.second_factor_required && trusted && d.state.format >= kSaysFactors;
}

const Keyring& keyring_of(const people::Person& person) {
  static const Keyring kNone;
  return person.keyring ? *person.keyring : kNone;
}

/// Recovery codes come with the first factor.
void first_codes(Decider& d, const FactorMade& made) {
  const auto id = d.actor.person;
  const auto& ring = keyring_of(*d.state.people.person(id));
  if (!ring.recovery && !made.recovery.empty()) d.emit(people::RecoveryCodesMade{id, made.salt, made.recovery});
}

/// Refused when it is the last one of who must have one.
Verdict last_one(const Decider& d, std::size_t left) {
  if (left == 0 && must_have_one(d, *d.state.people.person(d.actor.person)))
    return no("second_factor", "your role needs one: set up another first");
  return {};
}

Verdict passkey_given(Decider& d, const people::Person& person, const FactorGiven& given) {
  const auto* key = keyring_of(person).passkey(given.credential);
  if (!key) return no("wrong", "not a passkey of this person");
  if (key->cloned) return no("cloned", "there are two of this passkey: it opens nothing any more");
  const bool counts = key->counter != 0 || given.counter != 0;
  if (counts && given.counter <= key->counter) {
    d.emit(people::PasskeyCloned{person.id, given.credential, given.counter});
    return no("cloned", "there are two of this passkey: it opens nothing any more");
  }
  people::SecondFactorUsed used{person.id, FactorKind::passkey};
  used.credential = given.credential;
  used.counter = given.counter;
  d.emit(std::move(used));
  return {};
}

Verdict code_given(Decider& d, const people::Person& person, const FactorGiven& given) {
  const auto& ring = keyring_of(person);
  if (!ring.totp) return no("wrong", "there are no codes");
  if (given.step <= ring.totp->step) return no("replayed", "this code was used: wait for the next");
  people::SecondFactorUsed used{person.id, FactorKind::totp};
  used.step = given.step;
  d.emit(std::move(used));
  return {};
}

Verdict recovery_given(Decider& d, const people::Person& person, const FactorGiven& given) {
  const auto& ring = keyring_of(person);
  if (!ring.recovery || std::ranges::find(ring.recovery->hashes, given.recovery) == ring.recovery->hashes.end())
    return no("wrong", "no such recovery code, or it was used");
  people::SecondFactorUsed used{person.id, FactorKind::recovery};
  used.recovery = given.recovery;
  d.emit(std::move(used));
  return {};
}

}  // namespace

Verdict factor_given(Decider& d, const SignIn& in) {
  const auto& person = *d.state.people.person(in.person);
  if (!in.factor) {
    if (person.has_second_factor()) return no("second", "the second factor is missing");
    return {};
  }
  switch (in.factor->kind) {
    case FactorKind::totp:
      return code_given(d, person, *in.factor);
    case FactorKind::recovery:
      return recovery_given(d, person, *in.factor);
    case FactorKind::passkey:
      return passkey_given(d, person, *in.factor);
  }
  return {};
}

bool owes_factor(const Decider& d, const people::Person& person) {
  return must_have_one(d, person) && !person.has_second_factor();
}

Verdict set_totp(Decider& d, const std::optional<FactorMade>& made) {
  if (!made || made->secret.empty()) return no("not_offered", "ask for a secret first", "code");
  d.emit(people::TotpSet{d.actor.person, personal(d.actor.person, made->secret), made->step});
  first_codes(d, *made);
  return {};
}

Verdict remove_totp(Decider& d) {
  const auto& ring = keyring_of(*d.state.people.person(d.actor.person));
  if (!ring.totp) return {};
  if (auto refusal = last_one(d, ring.passkeys.size())) return refusal;
  d.emit(people::TotpRemoved{d.actor.person});
  return {};
}

Verdict make_recovery_codes(Decider& d, const std::optional<FactorMade>& made) {
  if (!made || made->recovery.empty()) return no("not_offered", "no codes were made");
  if (!d.state.people.person(d.actor.person)->has_second_factor())
    return no("invalid", "they are for who has a second factor");
  d.emit(people::RecoveryCodesMade{d.actor.person, made->salt, made->recovery});
  return {};
}

Verdict add_passkey(Decider& d, const AddPasskey& c, const std::optional<FactorMade>& made) {
  if (c.name.empty() || c.name.size() > kPasskeyNameMax_bytes) return no("invalid", "1 to 40 bytes", "name");
  if (!made || made->credential.empty()) return no("not_offered", "ask for a challenge first");
  const auto& ring = keyring_of(*d.state.people.person(d.actor.person));
  if (ring.passkeys.size() >= people::kPasskeysMost) return no("too_many", "at most 8: remove one first");
  if (d.state.people.by_passkey(made->credential)) return no("exists", "this passkey is somebody's already");
  d.emit(people::PasskeyAdded{d.actor.person, made->credential, made->public_key, made->algorithm, made->counter,
                              personal(d.actor.person, c.name)});
  first_codes(d, *made);
  return {};
}

Verdict remove_passkey(Decider& d, const RemovePasskey& c) {
  const auto& ring = keyring_of(*d.state.people.person(d.actor.person));
  if (!ring.passkey(c.credential)) return no("unknown", "no such passkey of yours", "credential");
  if (auto refusal = last_one(d, ring.passkeys.size() - 1 + (ring.totp ? 1 : 0))) return refusal;
  d.emit(people::PasskeyRemoved{d.actor.person, c.credential});
  return {};
}

void remove_factors(Decider& d, PersonId person) {
  if (d.state.people.person(person)->has_second_factor()) d.emit(people::SecondFactorsRemoved{person});
}

Verdict know_devices(Decider& d) {
  const auto* session = d.state.people.session(d.actor.session);
  const auto& devices = keyring_of(*d.state.people.person(d.actor.person)).devices;
  const bool any =
      std::ranges::any_of(devices, [&](const auto& device) { return device.untold && device.hash != session->device; });
  if (any) d.emit(people::DevicesKnown{d.actor.session, d.actor.person});
  return {};
}

Verdict end_session_of(Decider& d, const EndSession& c) {
  if (!d.state.people.person(c.person)) return no("unknown", "no such person", "person");
  if (c.person == d.actor.person) return no("not_allowed", "your own: sign out", "person");
  if (const auto* session = d.state.people.session_of(c.person)) end_session(d, session->id, people::SessionEnd::ended);
  return {};
}

}  // namespace sigap::core
