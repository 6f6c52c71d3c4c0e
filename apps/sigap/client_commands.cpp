// sigap client list | add | rotate | disable | enable | replay: programs of somebody else's (docs/integrating.md).
#include <fmt/format.h>

#include <map>
#include <memory>

#include "installation/control_client.h"
#include "sigap/commands.h"

namespace sigap::cli {
namespace {

using clients::Scope, clients::Topic;
const std::map<std::string, Scope> kScopes = {
    {"told", Scope::told}, {"answers", Scope::answers}, {"reports", Scope::reports}, {"personal", Scope::personal}};
const std::map<std::string, Topic> kTopics = {{"alert", Topic::alert}, {"incident", Topic::incident}};

struct ClientOptions {
  std::filesystem::path data;
  std::string name, station, url;
  std::vector<std::string> scopes, topics{"alert", "incident"};
};

/// What the server refused is not a mistake of who typed.
int client_not_done(const Refusal& refusal) {
  return complain(refusal, refusal.code == "not_running" || refusal.code == "io" ? kUnusable : kDoesNotHold);
}

int list_clients(const ClientOptions& options) {
  installation::ControlClient client;
  if (auto connected = client.connect(options.data); !connected) return client_not_done(connected.error());
  fmt::print("{:<24} {:<28} {:<34} {:<10} {}\n", "name", "station", "scopes", "state", "address");
  for (const auto& card : client.picture().clients) {
    std::string scopes;
    for (const auto& [name, scope] : kScopes)
      if (card.scopes.contains(scope)) scopes += (scopes.empty() ? "" : ",") + name;
    fmt::print("{:<24} {:<28} {:<34} {:<10} {}\n", card.name, card.station.value, scopes,
               card.disabled          ? "disabled"
               : card.trouble.empty() ? "-"
                                      : card.trouble,
               card.url);
  }
  return kDone;
}

/// A key is shown once.
int ask_client(installation::ControlClient& client, const std::string& name, core::Command command) {
  if (auto done = client.ask(std::move(command)); !done) return client_not_done(done.error());
  if (!client.key().empty()) fmt::print("key of {}: {}\n", name, client.key());
  return kDone;
}

int add_one_client(const ClientOptions& options) {
  installation::ControlClient client;
  if (auto connected = client.connect(options.data); !connected) return client_not_done(connected.error());
  core::AddClient add{options.name, {options.station}, {}, {}, options.url};
  for (const auto& scope : options.scopes) add.scopes.insert(kScopes.at(scope));
  if (!options.url.empty())
    for (const auto& topic : options.topics) add.topics.insert(kTopics.at(topic));
  return ask_client(client, options.name, std::move(add));
}

int change_client(const ClientOptions& options, const std::function<core::Command(ClientId)>& command) {
  installation::ControlClient client;
  if (auto connected = client.connect(options.data); !connected) return client_not_done(connected.error());
  for (const auto& card : client.picture().clients)
    if (card.name == options.name) return ask_client(client, options.name, command(card.client));
  return client_not_done({"unknown", "", "there is no client " + options.name});
}

}  // namespace

void add_client(CLI::App& app, Run& run) {
  auto options = std::make_shared<ClientOptions>();
  auto* clients =
      app.add_subcommand("client", "programs of somebody else's that are told of alerts, answer, or report");
  clients->require_subcommand(1);
  const auto command = [&](const char* name, const char* help, bool named) {
    auto* sub = clients->add_subcommand(name, help);
    sub->add_option("--data", options->data, "the server's data folder")->required();
    if (named) sub->add_option("name", options->name, "2 to 32 of a-z 0-9 . _ -")->required();
    return sub;
  };
  command("list", "all of them", false)->callback([&run, options] {
    run = [options] { return list_clients(*options); };
  });
  auto* adding = command("add", "a new one; its key is shown once", true);
  adding->add_option("--station", options->station, "code, e.g. polres-sleman: it reaches this one and all below")
      ->required();
  adding->add_option("--scopes", options->scopes, "told,answers,reports,personal")
      ->delimiter(',')
      ->check(CLI::IsMember(kScopes))
      ->required();
  adding->add_option("--topics", options->topics, "alert,incident")->delimiter(',')->check(CLI::IsMember(kTopics));
  adding->add_option("--url", options->url, "where it is told: https://HOST/PATH");
  adding->callback([&run, options] { run = [options] { return add_one_client(*options); }; });
  const auto change = [&](const char* name, const char* help, std::function<core::Command(ClientId)> makes) {
    command(name, help, true)->callback([&run, options, makes] {
      run = [options, makes] { return change_client(*options, makes); };
    });
  };
  change("rotate", "a new key, shown once; the one before counts on for a day",
         [](ClientId id) { return core::RotateClientKey{id}; });
  change("disable", "it may nothing any more", [](ClientId id) { return core::DisableClient{id}; });
  change("enable", "it may what its scopes say", [](ClientId id) { return core::EnableClient{id}; });
  change("replay", "what was given up is told once more", [](ClientId id) { return core::ReplayDeliveries{id}; });
}

}  // namespace sigap::cli
