// sigap user list | add | password | disable | sign-out | enable: people of a running server.
#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <memory>

#include "adapters/vault/vault_sodium.h"
#include "installation/control_client.h"
#include "installation/passwords.h"
#include "sigap/commands.h"

namespace sigap::cli {
namespace {

const std::map<std::string, people::Role> kRoles = {{"operator", people::Role::operator_},
                                                    {"officer", people::Role::officer},
                                                    {"supervisor", people::Role::supervisor},
                                                    {"administrator", people::Role::administrator}};

struct UserOptions {
  std::filesystem::path data;
  std::string login, name, role = "operator", station, call_sign;
  bool password_from_stdin = false, lasting = false;
};

/// What the server refused is not a mistake of who typed.
int not_done(const Refusal& refusal) {
  return complain(refusal, refusal.code == "not_running" || refusal.code == "io" ? kUnusable : kDoesNotHold);
}

std::string role_name(people::Role role) {
  for (const auto& [name, value] : kRoles)
    if (value == role) return name;
  return {};
}

const core::PersonCard* find(const installation::ControlClient& client, const std::string& login) {
  for (const auto& person : client.picture().people)
    if (person.login == login) return &person;
  return nullptr;
}

int list(const UserOptions& options) {
  installation::ControlClient client;
  if (auto connected = client.connect(options.data); !connected) return not_done(connected.error());
  fmt::print("{:<20} {:<14} {:<28} {:<10} {}\n", "login", "role", "station", "call sign", "state");
  for (const auto& p : client.picture().people)
    fmt::print("{:<20} {:<14} {:<28} {:<10} {}\n", p.login, role_name(p.role), p.station.value, p.call_sign,
               p.disabled    ? "disabled"
               : p.signed_in ? "signed in"
                             : "-");
  return kDone;
}

/// The new password: given on standard input, or made.
std::string new_password(const UserOptions& options) {
  if (!options.password_from_stdin) return installation::random_password();
  std::string password;
  std::getline(std::cin, password);
  return password;
}

/// A made one is shown once, and only when it is somebody's.
int told(const UserOptions& options, const std::string& password, const Result<bool>& done) {
  if (!done) return not_done(done.error());
  if (!options.password_from_stdin) fmt::print("password of {}: {}\n", options.login, password);
  return kDone;
}

int add(const UserOptions& options) {
  installation::ControlClient client;
  if (auto connected = client.connect(options.data); !connected) return not_done(connected.error());
  const auto password = new_password(options);
  return told(options, password,
              client.ask(core::AddPerson{options.login,
                                         options.name.empty() ? options.login : options.name,
                                         kRoles.at(options.role),
                                         {options.station},
                                         options.call_sign,
                                         password,
                                         options.lasting}));
}

int set_password(const UserOptions& options) {
  installation::ControlClient client;
  if (auto connected = client.connect(options.data); !connected) return not_done(connected.error());
  const auto* person = find(client, options.login);
  if (!person) return not_done({"unknown", "", "nobody has the login " + options.login});
  const auto password = new_password(options);
  return told(options, password, client.ask(core::SetPassword{person->person, password, options.lasting}));
}

int change(const UserOptions& options, const std::function<core::Command(PersonId)>& command) {
  installation::ControlClient client;
  if (auto connected = client.connect(options.data); !connected) return not_done(connected.error());
  const auto* person = find(client, options.login);
  if (!person) return not_done({"unknown", "", "nobody has the login " + options.login});
  auto done = client.ask(command(person->person));
  return done ? kDone : not_done(done.error());
}

}  // namespace

void add_user(CLI::App& app, Run& run) {
  auto options = std::make_shared<UserOptions>();
  auto* user =
      app.add_subcommand("user", "people of a running server: operators, officers, supervisors, administrators");
  user->require_subcommand(1);
  const auto command = [&](const char* name, const char* help, bool login) {
    auto* sub = user->add_subcommand(name, help);
    sub->add_option("--data", options->data, "the server's data folder")->required();
    if (login) sub->add_option("login", options->login, "2 to 32 of a-z 0-9 . _ -")->required();
    return sub;
  };
  command("list", "everybody", false)->callback([&run, options] { run = [options] { return list(*options); }; });
  auto* adding = command(
      "add", "a new person; the password is made, shown once, and another is chosen at the first sign-in", true);
  adding->add_option("--name", options->name, "as colleagues see it");
  adding->add_option("--role", options->role)->check(CLI::IsMember(kRoles))->capture_default_str();
  adding->add_option("--station", options->station, "code, e.g. polres-sleman")->required();
  adding->add_option("--call-sign", options->call_sign, "of an officer's unit, e.g. SLM-01");
  adding->add_flag("--password-stdin", options->password_from_stdin, "read the password from standard input");
  const auto lasting = [&](CLI::App* sub) {
    sub->add_flag("--lasting", options->lasting,
                  "whoever signs in need not choose another within a day (drills, machines)");
  };
  lasting(adding);
  adding->callback([&run, options] { run = [options] { return add(*options); }; });
  auto* password = command("password", "a new password, as of a new person; open sign-ins end", true);
  password->add_flag("--password-stdin", options->password_from_stdin, "read the password from standard input");
  lasting(password);
  password->callback([&run, options] { run = [options] { return set_password(*options); }; });
  command("disable", "no more sign-ins; open ones end", true)->callback([&run, options] {
    run = [options] { return change(*options, [](PersonId id) { return core::DisablePerson{id}; }); };
  });
  command("sign-out", "ends the sign-in that is open", true)->callback([&run, options] {
    run = [options] { return change(*options, [](PersonId id) { return core::EndSession{id}; }); };
  });
  command("enable", "may sign in again", true)->callback([&run, options] {
    run = [options] { return change(*options, [](PersonId id) { return core::EnablePerson{id}; }); };
  });
}

}  // namespace sigap::cli
