// Sign-ins and passwords: what is typed goes to a worker's thread, is compared and looked at there, and ends there.
#include <algorithm>

#include "base/hash.h"
#include "base/overloaded.h"
#include "runtime/clients/client_door.h"
#include "runtime/screens/gateway.h"

namespace sigap::runtime {
namespace {

std::string session_name(people::Role role) {
  switch (role) {
    case people::Role::operator_:
      return "operator";
    case people::Role::officer:
      return "officer";
    case people::Role::supervisor:
      return "supervisor";
    case people::Role::administrator:
      return "administrator";
  }
  return {};
}

}  // namespace

/// A password never enters the core: a command that has one and is not named here does not compile.
std::string* Gateway::password_in(core::Command& command) {
  return std::visit(
      Overloaded{
          [](OneOf<core::AddPerson, core::SetPassword, core::ChangePassword> auto& c) { return &c.password; },
          [](auto& c) {
            static_assert(!requires { c.password; });
            return static_cast<std::string*>(nullptr);
          },
      },
      command);
}

void Gateway::recovered() {
  if (client_door_) client_door_->recovered();
  const std::lock_guard lock(tokens_mutex_);
  for (const auto& [id, session] : core_.engine().state().people.sessions) {
    token_of_[id] = session.token_hash;
    tokens_.insert(session.token_hash);
  }
}

std::vector<ports::KnownSignIn> Gateway::known_sign_ins() const {
  std::vector<std::pair<Instant, ports::KnownSignIn>> found;
  for (const auto& [id, person] : core_.engine().state().people.people)
    for (const auto& place : person.known_from)
      if (place.address.known() && !person.disabled)
        found.push_back({place.since, {*place.address.reveal(), person.login}});
  std::ranges::stable_sort(found, {}, [](const auto& each) { return each.first; });
  std::vector<ports::KnownSignIn> known;
  for (auto& [since, each] : found) known.push_back(std::move(each));
  return known;
}

bool Gateway::signed_in(const std::string& token) const {
  const auto hash = sha256_hex(token);
  const std::lock_guard lock(tokens_mutex_);
  return tokens_.contains(hash);
}

// ---- sign-in

void Gateway::sign_in(ports::SignInAsked asked, std::function<void(ports::SignInAnswer)> done) {
  const auto busy = [](const auto& tell) { tell({false, "", 0, "", "busy"}); };
  const bool posted = core_.post([this, asked = std::move(asked), done, busy] {
    const auto* person = core_.engine().state().people.by_login(asked.login);
    const PersonId id = person ? person->id : PersonId{};
    const auto* hash = person ? person->password_hash.reveal() : nullptr;
    auto& worker = asked.known ? known_worker_ : worker_;
    const bool queued =
        worker.post([this, id, hash = hash ? *hash : decoy_hash_, known = hash != nullptr, asked, done] {
          const bool right = passwords_.verify(hash, asked.password) && known;
          core_.post_always([this, id, right, asked, done] {
            const auto* found = right ? core_.engine().state().people.person(id) : nullptr;
            if (found && found->has_second_factor()) return done(ask_second(*found));
            if (right) return open_session(id, {asked.address, asked.device, asked.device_kind}, {}, done);
            sign_in_failed(id, asked.address);
            done({false, "", 0, "", "wrong"});
          });
        });
    if (!queued) busy(done);
  });
  if (!posted) busy(done);
}

void Gateway::sign_in_failed(PersonId person, const std::string& address) {
  if (auto told = refused_sign_ins_.refused(person, address, core_.now())) core_.submit(std::move(*told));
}

void Gateway::open_session(PersonId person, const From& from, std::optional<core::FactorGiven> factor,
                           const SignInDone& done) {
  const auto token = entropy_.token();
  const auto fresh = from.device.empty() ? entropy_.token() : "";
  const auto device = sha256_hex(fresh.empty() ? from.device : fresh);
  core::SignIn wanted{person, sha256_hex(token), from.address, device, from.device_kind, std::move(factor)};
  core_.submit(std::move(wanted), [this, person, token, fresh, address = from.address, done](const Reply& reply) {
    if (reply.refusal) {
      if (reply.refusal->code != "in_call") sign_in_failed(person, address);
      return done({false, "", 0, "", reply.refusal->code});
    }
    const auto& found = *core_.engine().state().people.person(person);
    done({true, token, config_.policy.session_lasts.ms / 1000, session_name(found.role), "", {}, fresh, found.login});
  });
}

const people::Session* Gateway::session_by_token(const std::string& token) const {
  const auto hash = sha256_hex(token);
  for (const auto& [id, session] : core_.engine().state().people.sessions)
    if (session.token_hash == hash) return &session;
  return nullptr;
}

void Gateway::sign_out(std::string token) {
  core_.post_always([this, token = std::move(token)] {
    if (const auto* session = session_by_token(token))
      core_.submit(core::CommandAsked{core::SignedIn{session->id}, core::SignOut{}, "", ""});
  });
}

// ---- passwords

void Gateway::prove(ports::ConnectionId connection, const Browser& browser, core::Prove proof) {
  const auto id = proof.id;
  const auto* hash = core_.engine().state().people.person(browser.person)->password_hash.reveal();
  if (!hash || proof.password.size() > people::kPasswordMost_bytes)
    return send(connection, core::Refused{id, "wrong", "password", "not your password"});
  const bool queued = worker_.post(
      [this, connection, session = browser.session, id, hash = *hash, password = std::move(proof.password)] {
        const bool right = passwords_.verify(hash, password);
        core_.post_always([this, connection, session, id, right] {
          core_.submit(core::ProofGiven{session, right}, [this, connection, id, right](const Reply&) {
            if (right) return send(connection, core::Done{id});
            send(connection, core::Refused{id, "wrong", "password", "not your password"});
          });
        });
      });
  if (!queued) send(connection, core::Refused{id, "busy", "", "too much work: say it again"});
}

people::PasswordOwner Gateway::owner_of(const core::Asker& asker, const core::Command& command) const {
  const auto& s = core_.engine().state();
  people::PasswordOwner owner;
  const auto of = [&](PersonId id) {
    const auto* person = s.people.person(id);
    if (!person) return;
    const auto* name = person->name.reveal();
    owner = {person->login, name ? *name : "", person->station.value, {}};
  };
  if (const auto* add = std::get_if<core::AddPerson>(&command)) owner = {add->login, add->name, add->station.value, {}};
  if (const auto* set = std::get_if<core::SetPassword>(&command)) of(set->person);
  if (std::holds_alternative<core::ChangePassword>(command)) of(person_of(asker)->id);
  if (const auto* station = s.stations.find({owner.station})) owner.station_name = station->name;
  return owner;
}

void Gateway::set_password(const core::Asker& asker, core::Request request, const Tell& tell) {
  const auto id = request.id;
  const bool own = std::holds_alternative<core::ChangePassword>(request.command);
  std::string old_hash;
  if (own)
    if (const auto* hash = person_of(asker)->password_hash.reveal()) old_hash = *hash;
  // Only a person has one of their own.
  const auto session = own ? std::get<core::SignedIn>(asker).session : SessionId{};
  const auto owner = owner_of(asker, request.command);
  const auto refused = [id](const Refusal& r) { return core::Refused{id, r.code, "command." + r.field, r.message}; };
  const bool queued =
      worker_.post([this, asker, session, own, old_hash, owner, refused, request = std::move(request), tell]() mutable {
        auto& secret = *password_in(request.command);
        if (auto* change = std::get_if<core::ChangePassword>(&request.command)) {
          const auto old = std::exchange(change->old_password, "");
          const bool right = old.size() <= people::kPasswordMost_bytes && passwords_.verify(old_hash, old);
          if (!right)
            return core_.post_always([this, session, refused, tell] {
              core_.submit(core::ProofGiven{session, false}, [refused, tell](const Reply&) {
                tell(refused({"wrong", "old_password", "not your password"}));
              });
            });
          if (secret == old) return tell(refused({"password_same", "password", "the one that you have"}));
        }
        auto wrong = people::password_objection(secret, owner);
        if (!wrong) wrong = known_passwords_.objection(secret, owner.login);
        if (wrong) return tell(refused(*wrong));
        secret = passwords_.hash(secret);
        core_.post_always([this, asker, session, own, request = std::move(request), tell]() mutable {
          if (own) core_.submit(core::ProofGiven{session, true});
          ask(asker, request.id, std::move(request.command), tell);
        });
      });
  if (!queued) tell(core::Refused{id, "busy", "", "too much work: say it again"});
}

}  // namespace sigap::runtime
