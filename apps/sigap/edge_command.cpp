// sigap edge kamailio, sigap edge coturn: print the configurations of a proxy and a relay in front of the server.
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "config/config.h"
#include "edge/coturn.h"
#include "edge/kamailio.h"
#include "keys/relay_secret.h"
#include "sigap/commands.h"

namespace sigap::cli {
namespace {

struct EdgeOptions {
  std::filesystem::path config = "/etc/sigap/sigap.toml";
  std::vector<std::string> listen;  ///< "udp:ADDRESS:PORT"; instead of what the file says
};

int print_kamailio(const EdgeOptions& options) {
  auto config = config::load_config(options.config);
  if (!config) return complain(config.error().message);
  auto& edge = config->edge;
  if (!options.listen.empty()) {
    edge.udp.clear();
    edge.tcp.clear();
    edge.tls.clear();
  }
  for (const auto& text : options.listen) {
    const auto protocol = text.substr(0, text.find(':'));
    auto* list = protocol == "udp"   ? &edge.udp
                 : protocol == "tcp" ? &edge.tcp
                 : protocol == "tls" ? &edge.tls
                                     : nullptr;
    if (!list) return complain("--listen: write udp:ADDRESS:PORT, tcp:ADDRESS:PORT or tls:ADDRESS:PORT");
    list->push_back(text.substr(protocol.size() + 1));
  }
  auto text = edge::kamailio_configuration(*config);
  if (!text) return complain(options.config.string() + ": " + text.error().message);
  if (!edge.tls.empty())
    for (const auto& [key, file] : {std::pair("edge.certificate", &edge.certificate),
                                    {"edge.key", &edge.key},
                                    {"edge.client_ca", &edge.client_ca}})
      if (std::error_code error; !file->empty() && !std::filesystem::exists(*file, error))
        return complain(fmt::format("{}: {}: there is no file {}", options.config.string(), key, *file));
  fmt::print("{}", *text);
  return kDone;
}

int print_coturn(const std::filesystem::path& file) {
  const auto config = config::load_config(file);
  if (!config) return complain(config.error().message);
  const auto secret = keys::RelaySecret::read(config->turn.secret_file);
  if (!secret) return complain(file.string() + ": turn.secret_file: " + secret.error().message);
  const auto text = edge::coturn_configuration(*config, secret->reveal());
  if (!text) return complain(file.string() + ": " + text.error().message);
  fmt::print("{}", *text);
  return kDone;
}

}  // namespace

void add_edge(CLI::App& app, Run& run) {
  auto options = std::make_shared<EdgeOptions>();
  auto* command = app.add_subcommand(
      "edge", "what stands in front of the server: a proxy for trunks, a relay for voices of browsers");
  command->require_subcommand(1);
  auto* kamailio = command->add_subcommand("kamailio", "print kamailio.cfg for Debian's Kamailio 5.6");
  kamailio->add_option("--config", options->config, "the server's configuration")->capture_default_str();
  kamailio->add_option("--listen", options->listen, "udp|tcp|tls:ADDRESS:PORT, once for each (overrides [edge])");
  auto relay = std::make_shared<std::filesystem::path>(options->config);
  auto* coturn = command->add_subcommand("coturn", "print turnserver.conf for Debian's coturn 4.6, with its secret");
  coturn->add_option("--config", *relay, "the server's configuration")->capture_default_str();
  coturn->callback([&run, relay] { run = [relay] { return print_coturn(*relay); }; });
  kamailio->callback([&run, options] { run = [options] { return print_kamailio(*options); }; });
}

}  // namespace sigap::cli
