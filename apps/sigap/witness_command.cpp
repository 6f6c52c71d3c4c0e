// sigap witness: the third vote of two machines. sigap takeover: a person gives this machine the lead.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <csignal>
#include <ctime>
#include <memory>

#include "adapters/replication/witness_client.h"
#include "config/config.h"
#include "keys/core_dumps.h"
#include "sigap/commands.h"

namespace sigap::cli {
namespace {

using replication::load_cluster_key;
using replication::WitnessAnswer;
using replication::WitnessAsk;
using replication::WitnessClient;
using replication::WitnessServer;

struct WitnessOptions {
  std::string listen;
  Folders folders;
  std::filesystem::path config;
  bool force = false;
};

int witness(const WitnessOptions& o) {
  auto listen = config::host_port(o.listen);
  if (!listen) return complain(listen.error());
  keys::forbid_core_dumps();
  auto key = load_cluster_key(o.folders.keys);
  if (!key) return complain(key.error());
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  auto started = WitnessServer::start({listen->host, listen->port}, o.folders.data, *key, [](const std::string& what) {
    fmt::print(stderr, "{:%Y-%m-%dT%H:%M:%SZ} {}\n", fmt::gmtime(std::time(nullptr)), what);
  });
  if (!started) return complain(started.error());
  fmt::print("sigap witness listens on {}:{}\n", listen->host, (*started)->port());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  return kDone;
}

std::string told(const WitnessAnswer& a) {
  const auto& r = a.record;
  if (r.holder.empty()) return "nobody has led yet";
  return fmt::format("epoch {}: {} leads (its lease ends in {} ms unless it is renewed), {} has everything", r.epoch,
                     r.holder, a.lease_left_ms, r.in_sync.empty() ? "no other machine" : r.in_sync);
}

int takeover(const WitnessOptions& o) {
  auto config = config::load_config(o.config);
  if (!config) return complain(config.error());
  if (!config->cluster.on()) return complain({"invalid", "", "this configuration has no [cluster] with a node"});
  auto key = load_cluster_key(config->keys);
  if (!key) return complain(key.error());
  WitnessClient client({config->cluster.witness.host, config->cluster.witness.port}, *key);
  auto before = client.ask({WitnessAsk::show, config->cluster.node, 0, 0, "", false});
  if (!before) return complain(before.error());
  fmt::print("before: {}\n", told(*before));
  auto granted = client.ask({WitnessAsk::acquire, config->cluster.node, 0, 0, "", o.force});
  if (!granted) return complain(granted.error(), kDoesNotHold);
  fmt::print("granted: epoch {}; {} leads as soon as its sigapd runs\n", granted->record.epoch, config->cluster.node);
  return kDone;
}

}  // namespace

void add_witness(CLI::App& app, Run& run) {
  auto options = std::make_shared<WitnessOptions>();
  auto* witness_app =
      app.add_subcommand("witness", "the third vote of two machines, on a third one; runs until stopped");
  witness_app->add_option("--listen", options->listen, "ADDRESS:PORT for the two machines")->required();
  witness_app->add_option("--data", options->folders.data, "where it keeps who leads")->required();
  witness_app->add_option("--keys", options->folders.keys, "folder with cluster.key")->required();
  witness_app->callback([&run, options] { run = [options] { return witness(*options); }; });

  auto* takeover_app = app.add_subcommand("takeover", "give this machine the lead, or say why the witness does not");
  takeover_app->add_option("--config", options->config, "this machine's sigap.toml")->required();
  takeover_app->add_flag("--force", options->force,
                         "also when it may lack calls that the other machine accepted, and for the very first leader");
  takeover_app->callback([&run, options] { run = [options] { return takeover(*options); }; });
}

}  // namespace sigap::cli
