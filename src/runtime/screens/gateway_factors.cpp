// Second factors: the second step of a sign-in, and setting one up. Signatures are verified on a worker's thread; what
// a code's or counter's use before means is decided by the core.
#include <algorithm>

#include "base/hash.h"
#include "base/overloaded.h"
#include "runtime/screens/gateway.h"

namespace sigap::runtime {
namespace {

constexpr std::size_t kSalt_bytes = 8;            // ASVS 4.0 2.6.2 asks for four
constexpr Duration kOffered = minutes(10);        // to find the telephone, and to read the code; own
constexpr std::size_t kPasskeyText_bytes = 4096;  // of each part of one; own
constexpr std::size_t kCode_bytes = 64;           // of what is typed as a code; own
constexpr std::size_t kTotpDigits = 6;

bool is_totp(std::string_view code) {
  return code.size() == kTotpDigits && std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

/// As telephones show it, "123 456", and as it is.
std::string without_blanks(std::string code) {
  std::erase(code, ' ');
  return code;
}

ports::SignInAnswer refused(const char* code) {
  return {false, "", 0, "", code};
}

/// base64url of a person's number: it says whose a passkey is, to whoever holds the passkey.
std::string user_handle(PersonId person) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const auto text = std::to_string(person.value);
  std::string out;
  unsigned held = 0;
  int bits = 0;
  for (const char c : text) {
    held = held << 8 | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6) out += kAlphabet[held >> (bits - 6) & 63];
  }
  if (bits > 0) out += kAlphabet[held << (6 - bits) & 63];
  return out;
}

}  // namespace

// ---- signing in

ports::SignInAnswer Gateway::ask_second(const people::Person& person) {
  ports::SecondStep step;
  step.ticket = entropy_.token();
  const auto& ring = *person.keyring;
  step.totp = ring.totp || ring.recovery;
  for (const auto& key : ring.passkeys)
    if (!key.cloned && !config_.passkeys.host.empty()) step.passkeys.push_back(key.credential);
  if (!step.passkeys.empty()) {
    step.challenge = entropy_.token();
    step.host = config_.passkeys.host;
  }
  steps_.open(step.ticket, std::to_string(person.id.value), person.id, step.challenge, core_.now());
  auto answer = refused("second");
  answer.second = std::move(step);
  return answer;
}

void Gateway::offer_passkey(std::string address, std::function<void(std::optional<ports::SecondStep>)> done) {
  if (config_.passkeys.host.empty()) return done(std::nullopt);
  const bool posted = core_.post([this, address = std::move(address), done] {
    ports::SecondStep step{entropy_.token(), false, entropy_.token(), config_.passkeys.host, {}};
    offers_.open(step.ticket, address, {}, step.challenge, core_.now());
    done(std::move(step));
  });
  if (!posted) done(std::nullopt);
}

void Gateway::second_step(ports::SecondStepAsked asked, std::function<void(ports::SignInAnswer)> done) {
  const bool posted = core_.post([this, asked = std::move(asked), done] {
    const bool alone = asked.login.empty();
    const auto step = (alone ? offers_ : steps_).answer(asked.ticket, asked.passkey.has_value(), core_.now());
    if (!step) return done(refused("over"));
    const auto& people = core_.engine().state().people;
    const auto* person =
        alone ? (asked.passkey ? people.by_passkey(asked.passkey->credential) : nullptr) : people.person(step->person);
    if (!person || !person->keyring || (!alone && person->login != asked.login)) {
      sign_in_failed({}, asked.address);
      return done(refused("wrong"));
    }
    if (asked.passkey) return passkey_said(*person, step->challenge, asked, done);
    code_said(*person, asked, done);
  });
  if (!posted) done(refused("busy"));
}

void Gateway::passkey_said(const people::Person& person, const std::string& challenge,
                           const ports::SecondStepAsked& asked, const SignInDone& done) {
  const auto id = person.id;
  const auto* key = person.keyring->passkey(asked.passkey->credential);
  if (!key) {
    sign_in_failed(id, asked.address);
    return done(refused("wrong"));
  }
  const ports::PasskeyKey known{key->credential, key->public_key, key->algorithm, key->counter};
  const bool queued = known_worker_.post([this, id, known, challenge, asked, done] {
    const auto counter = factors_.said(config_.passkeys, challenge, known, *asked.passkey);
    core_.post_always([this, id, counter, asked, done] {
      if (!counter) {
        sign_in_failed(id, asked.address);
        return done(refused(counter.error().code == "origin" || counter.error().code == "host" ? "origin" : "wrong"));
      }
      open_session(id, {asked.address, asked.device, asked.device_kind},
                   core::FactorGiven{people::FactorKind::passkey, 0, "", asked.passkey->credential, *counter}, done);
    });
  });
  if (!queued) done(refused("busy"));
}

void Gateway::code_said(const people::Person& person, const ports::SecondStepAsked& asked, const SignInDone& done) {
  const auto& ring = *person.keyring;
  const auto code = without_blanks(asked.code.substr(0, kCode_bytes));
  std::optional<core::FactorGiven> given;
  if (is_totp(code)) {
    const auto* secret = ring.totp ? ring.totp->secret.reveal() : nullptr;
    const auto at = secret ? factors_.step_of(*secret, code, core_.now()) : std::nullopt;
    if (at) given = core::FactorGiven{people::FactorKind::totp, *at, "", "", 0};
  } else if (ring.recovery) {
    given = core::FactorGiven{people::FactorKind::recovery, 0, people::recovery_hash(ring.recovery->salt, code), "", 0};
  }
  if (!given) {
    sign_in_failed(person.id, asked.address);
    return done(refused("wrong"));
  }
  open_session(person.id, {asked.address, asked.device, asked.device_kind}, std::move(given),
               [this, ticket = asked.ticket, done](const ports::SignInAnswer& answer) {
                 if (answer.ok) steps_.done(ticket);
                 done(answer);
               });
}

// ---- setting one up

void Gateway::offer_totp(ports::ConnectionId connection, const Browser& browser, std::int64_t id) {
  auto& offered = offered_[browser.session];
  offered.secret = factors_.new_secret();
  offered.secret_until = core_.now() + kOffered;
  const auto& login = core_.engine().state().people.person(browser.person)->login;
  // As apps read it (Key URI format); SHA-1, six digits and thirty seconds are what all of them know.
  send(connection,
       core::TotpOffered{id, offered.secret,
                         "otpauth://totp/Sigap%20110:" + login + "?secret=" + offered.secret + "&issuer=Sigap%20110"});
}

void Gateway::offer_new_passkey(ports::ConnectionId connection, const Browser& browser, std::int64_t id) {
  const auto& at = config_.passkeys;
  if (at.host.empty())
    return send(connection, core::Refused{id, "no_passkeys", "", "the pages are reached by an address without a name"});
  auto& offered = offered_[browser.session];
  offered.challenge = entropy_.token();
  offered.challenge_until = core_.now() + kOffered;
  core::PasskeyOffered told{id, at.host, at.origins.front(), offered.challenge, user_handle(browser.person), {}};
  if (const auto& ring = core_.engine().state().people.person(browser.person)->keyring)
    for (const auto& key : ring->passkeys) told.known.push_back(key.credential);
  send(connection, told);
}

bool Gateway::sets_factor(const core::Command& command) {
  return std::visit(
      Overloaded{
          [](const OneOf<core::SetTotp, core::AddPasskey, core::MakeRecoveryCodes> auto&) { return true; },
          [](const auto&) { return false; },
      },
      command);
}

void Gateway::set_factor(SessionId session, core::Request request, const Tell& tell) {
  const auto* person = person_of(core::SignedIn{session});
  core::FactorMade made;
  std::vector<std::string> codes;
  const bool anew = std::holds_alternative<core::MakeRecoveryCodes>(request.command);
  if (anew || (person && !(person->keyring && person->keyring->recovery))) {
    made.salt = entropy_.hex(kSalt_bytes);
    for (std::size_t i = 0; i < people::kRecoveryCodes; ++i) {
      codes.push_back(people::recovery_code(entropy_.hex(people::kRecoveryCode_bytes)));
      made.recovery.push_back(people::recovery_hash(made.salt, codes.back()));
    }
  }
  const auto offered = offered_.find(session);
  const auto refuse = [id = request.id, tell](const char* code, const std::string& field, const std::string& why) {
    tell(core::Refused{id, code, field, why});
  };
  if (auto* set = std::get_if<core::SetTotp>(&request.command)) {
    const auto code = without_blanks(std::exchange(set->code, "").substr(0, kCode_bytes));
    if (offered != offered_.end() && core_.now() <= offered->second.secret_until) {
      const auto at = factors_.step_of(offered->second.secret, code, core_.now());
      if (!at) return refuse("wrong_code", "command.code", "not the code of now");
      made.secret = offered->second.secret;
      made.step = *at;
    }
    return factor_made(session, std::move(request), std::move(made), std::move(codes), tell);
  }
  auto* add = std::get_if<core::AddPasskey>(&request.command);
  if (!add) return factor_made(session, std::move(request), std::move(made), std::move(codes), tell);
  const ports::PasskeyMade said{std::exchange(add->client_data, ""), std::exchange(add->authenticator_data, "")};
  if (std::max(said.client_data.size(), said.authenticator_data.size()) > kPasskeyText_bytes)
    return refuse("invalid", "command.authenticator_data", "too long");
  if (offered == offered_.end() || offered->second.challenge.empty() || core_.now() > offered->second.challenge_until)
    return factor_made(session, std::move(request), std::move(made), {}, tell);
  const bool queued = worker_.post(
      [this, session, request, made, codes, said, challenge = offered->second.challenge, refuse, tell]() mutable {
        auto key = factors_.made(config_.passkeys, challenge, said);
        if (!key) return refuse(key.error().code.c_str(), "command.authenticator_data", key.error().message);
        made.credential = key->credential;
        made.public_key = key->public_key;
        made.algorithm = key->algorithm;
        made.counter = key->counter;
        core_.post_always(
            [this, session, request = std::move(request), made = std::move(made), codes = std::move(codes),
             tell]() mutable { factor_made(session, std::move(request), std::move(made), std::move(codes), tell); });
      });
  if (!queued) refuse("busy", "", "too much work: say it again");
}

void Gateway::factor_made(SessionId session, core::Request request, core::FactorMade made,
                          std::vector<std::string> codes, const Tell& tell) {
  const auto id = request.id;
  core::CommandAsked asked{core::SignedIn{session}, std::move(request.command), "", ""};
  asked.made = std::move(made);
  core_.submit(std::move(asked), [this, session, id, codes = std::move(codes), tell](const Reply& reply) {
    if (reply.refusal) {
      const auto& r = *reply.refusal;
      return tell(core::Refused{id, r.code, r.field.empty() ? "" : "command." + r.field, r.message});
    }
    offered_.erase(session);
    if (!codes.empty()) tell(core::RecoveryCodesTold{id, codes});
    tell(core::Done{id});
  });
}

}  // namespace sigap::runtime
