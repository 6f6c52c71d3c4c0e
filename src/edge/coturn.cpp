#include "edge/coturn.h"

#include <fmt/format.h>

#include "edge/addresses.h"

namespace sigap::edge {
namespace {

constexpr int kVoice_bytes_per_s =
    25'000;                        // G.711 with its headers has 11,000 each way; nobody moves files with that. Own
constexpr int kOfOneBrowser = 24;  // addresses of its own, urls, and the path before the newest. Own

constexpr char kSettings[] = R"conf(
# ---- Who may: whom the server told until when, by the secret that both know.
use-auth-secret
stale-nonce=600
fingerprint

# ---- What it is not: a STUN server, a way for TCP, something to look into from outside.
no-stun
no-rfc5780
no-tcp-relay
no-dtls
no-tlsv1
no-tlsv1_1
no-multicast-peers
no-cli
no-software-attribute
no-dynamic-ip-list
no-dynamic-realms

# ---- Addresses of callers are personal data: nothing of a session is logged.
log-file=/dev/null
simple-log
no-stdout-log
)conf";

Result<std::string> sockets(const config::TurnConfig& turn) {
  if (turn.urls.empty()) return wrong("turn.urls", "there is none: no browser would come");
  if (turn.listen.empty()) return wrong("turn.listen", "an address of this machine");
  const bool tls = !turn.certificate.empty();
  std::string text = fmt::format("listening-port={}\n", turn.port);
  for (const auto& address : turn.listen) {
    if (auto at = own_socket("turn.listen", bracketed(address) + ":" + std::to_string(turn.port)); !at)
      return tl::unexpected(at.error());
    text += fmt::format("listening-ip={}\nrelay-ip={}\n", address, address);
  }
  if (!turn.outside.empty()) text += fmt::format("external-ip={}/{}\n", turn.outside, turn.listen.front());
  if (!tls) return text + "no-tls\n";
  if (turn.key.empty()) return wrong("turn.key", "a PEM file: needed with turn.certificate");
  for (const auto& [key, file] : {std::pair("turn.certificate", &turn.certificate), {"turn.key", &turn.key}})
    if (!plain(*file) || file->front() != '/') return wrong(key, "an absolute path without control characters");
  return text + fmt::format("tls-listening-port={}\ncert={}\npkey={}\n", turn.tls_port, turn.certificate, turn.key);
}

/// Only voices: everything is denied but the media's addresses.
Result<std::string> peers(const config::Config& config) {
  std::string text =
      "denied-peer-ip=0.0.0.0-255.255.255.255\n"
      "denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff\n";
  for (const auto& [key, address] :
       {std::pair("media.address", &config.rtp_address), {"media.address6", &config.rtp_address6}}) {
    if (address->empty()) continue;
    if (!is_v4(*address) && !is_v6(*address)) return wrong(key, "an address, not a name: " + *address);
    if (within(*address, "127.0.0.0/8") || *address == "::1")
      return wrong(key, "a relay sends nothing to loopback: an address that browsers reach");
    if (*address == config.ng_host)
      return wrong("media.ng_host",
                   "rtpengine is controlled at the address where voices come in: whoever is relayed could command it");
    text += "allowed-peer-ip=" + *address + "\n";
  }
  return text;
}

/// What comes out of the relay has its address, whoever sent it.
Result<bool> not_believed(const config::Config& config, const std::string& relay) {
  for (const auto& edge : config.sip_edges)
    if (within(relay, edge)) return wrong("turn.listen", relay + " is in sip.edge, which the server believes");
  for (const auto& trunk : config.trunks)
    for (const auto& address : trunk.addresses)
      if (trunk.tls_name.empty() && within(relay, address))
        return wrong("turn.listen",
                     relay + " is an address of the trunk " + trunk.name + ": whoever is relayed could call as it");
  return true;
}

}  // namespace

Result<std::string> coturn_configuration(const config::Config& config, std::string_view secret) {
  const auto& turn = config.turn;
  auto listen = sockets(turn);
  if (!listen) return listen;
  auto allowed = peers(config);
  if (!allowed) return allowed;
  for (const auto& address : turn.listen)
    if (auto fine = not_believed(config, address); !fine) return tl::unexpected(fine.error());
  return "# The relay of Sigap, for coturn 4.6. Made by `sigap edge coturn` from sigap.toml: change that and make it "
         "again.\n# The secret stands in it: mode 0640, for coturn's group alone.\n\n" +
         *listen + fmt::format("min-port={}\nmax-port={}\n", turn.port_min, turn.port_max) +
         "\n# ---- What it reaches: the media process, and nothing else.\n" + *allowed +
         fmt::format("max-bps={}\nuser-quota={}\ntotal-quota={}\n", kVoice_bytes_per_s, kOfOneBrowser,
                     turn.port_max - turn.port_min + 1) +
         kSettings + fmt::format("realm={}\nstatic-auth-secret={}\n", config.cell, secret);
}

}  // namespace sigap::edge
