#include "domain/people/second_factor.h"

#include <algorithm>

#include "base/characters.h"
#include "base/hash.h"
#include "domain/people/state.h"

namespace sigap::people {
namespace {

constexpr std::size_t kGroup = 5;  // of a recovery code's digits

}  // namespace

const Passkey* Keyring::passkey(const std::string& credential) const {
  const auto it = std::ranges::find(passkeys, credential, &Passkey::credential);
  return it == passkeys.end() ? nullptr : &*it;
}

Passkey* Keyring::passkey(const std::string& credential) {
  return const_cast<Passkey*>(std::as_const(*this).passkey(credential));
}

const Device* Keyring::device(const std::string& hash) const {
  const auto it = std::ranges::find(devices, hash, &Device::hash);
  return it == devices.end() ? nullptr : &*it;
}

std::string recovery_code(std::string_view hex) {
  std::string code;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    if (i > 0 && i % kGroup == 0) code += '-';
    code += hex[i];
  }
  return code;
}

std::string recovery_hash(const std::string& salt, std::string_view typed) {
  auto code = lower_ascii(typed);
  std::erase_if(code, [](char c) { return c == '-' || c == ' '; });
  return sha256_hex(salt + code);
}

// ---- the fold

Keyring& State::keyring(PersonId person) {
  auto& own = people.at(person).keyring;
  return own ? *own : own.emplace();
}

/// Whoever owed one owes none now.
void State::factor_set_up(PersonId person) {
  const auto it = session_of_person.find(person);
  if (it != session_of_person.end()) sessions.at(it->second).owes_factor.reset();
}

void State::apply(const TotpSet& e, Instant at) {
  keyring(e.person).totp = Totp{e.secret, at, e.step};
  factor_set_up(e.person);
}

void State::apply(const TotpRemoved& e) {
  keyring(e.person).totp.reset();
}

void State::apply(const RecoveryCodesMade& e) {
  keyring(e.person).recovery = RecoveryCodes{e.salt, e.hashes};
}

void State::apply(const PasskeyAdded& e, Instant at) {
  keyring(e.person).passkeys.push_back({e.credential, e.public_key, e.algorithm, e.counter, e.name, at, {}, {}});
  factor_set_up(e.person);
}

void State::apply(const PasskeyRemoved& e) {
  std::erase_if(keyring(e.person).passkeys, [&](const Passkey& each) { return each.credential == e.credential; });
}

void State::apply(const PasskeyCloned& e, Instant at) {
  if (auto* key = keyring(e.person).passkey(e.credential)) key->cloned = at;
}

void State::apply(const SecondFactorUsed& e, Instant at) {
  auto& ring = keyring(e.person);
  if (e.step && ring.totp) ring.totp->step = *e.step;
  if (e.recovery && ring.recovery) std::erase(ring.recovery->hashes, *e.recovery);
  auto* key = e.credential ? ring.passkey(*e.credential) : nullptr;
  if (!key) return;
  key->counter = e.counter.value_or(0);
  key->used = at;
}

void State::apply(const SecondFactorsRemoved& e) {
  auto& ring = keyring(e.person);
  ring.totp.reset();
  ring.recovery.reset();
  ring.passkeys.clear();
}

void State::apply(const DevicesKnown& e) {
  const auto& here = sessions.at(e.session).device;
  for (auto& device : keyring(e.person).devices)
    if (device.hash != here) device.untold.reset();
}

const Person* State::by_passkey(const std::string& credential) const {
  for (const auto& [id, person] : people)
    if (person.keyring && person.keyring->passkey(credential)) return &person;
  return nullptr;
}

}  // namespace sigap::people
