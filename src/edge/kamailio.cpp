#include "edge/kamailio.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "edge/addresses.h"
#include "edge/kamailio_text.h"

namespace sigap::edge {
namespace {

using config::HostPort;

/// An address and perhaps a prefix, as Kamailio compares with it; empty when it is none.
std::string block(const std::string& text) {
  const auto slash = text.find('/');
  const auto address = text.substr(0, slash);
  if (!is_v4(address) && !is_v6(address)) return {};
  if (slash == std::string::npos) return bracketed(address);
  const auto bits = text.substr(slash + 1);
  if (bits.empty() || bits.size() > 3 || bits.find_first_not_of("0123456789") != std::string::npos) return {};
  if (std::stoi(bits) > (is_v4(address) ? 32 : 128)) return {};
  return bracketed(address) + "/" + bits;
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

std::string filled(std::string text, const std::vector<std::pair<std::string, std::string>>& words) {
  for (const auto& [word, value] : words)
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + value.size()))
      text.replace(at, word.size(), value);
  return text;
}

Result<std::string> sockets(const config::Config& config) {
  const auto& edge = config.edge;
  if (edge.udp.empty() && edge.tcp.empty() && edge.tls.empty())
    return wrong("edge", "nothing to listen on: edge.udp, edge.tcp or edge.tls");
  auto server = own_socket("sip.listen", text_of(config.sip));
  if (!server) return tl::unexpected(server.error());
  auto inside = own_socket("edge.inside", text_of(edge.inside));
  if (!inside) return tl::unexpected(inside.error());
  if (is_v6(server->host) != is_v6(inside->host)) return wrong("edge.inside", "of the same family as sip.listen");
  if (std::find(config.sip_edges.begin(), config.sip_edges.end(), edge.inside.host) == config.sip_edges.end())
    return wrong("sip.edge",
                 "must hold " + edge.inside.host +
                     ", where edge.inside speaks from: the server would believe nothing that the edge says");
  std::set<std::string> taken{"udp " + text_of(*server), "tcp " + text_of(*server)};
  std::string lines;
  const auto listen = [&](const char* protocol, const char* key, const std::string& text) -> Result<bool> {
    auto at = own_socket(key, text);
    if (!at) return tl::unexpected(at.error());
    if (!taken.insert((protocol == std::string_view("udp") ? "udp " : "tcp ") + text_of(*at)).second)
      return wrong(key, text + " is taken twice, perhaps by sip.listen");
    lines += fmt::format("listen={}:{}\n", protocol, text_of(*at));
    return true;
  };
  if (auto done = listen("udp", "edge.inside", text_of(*inside)); !done) return tl::unexpected(done.error());
  for (const auto& [protocol, key, list] :
       {std::tuple("udp", "edge.udp", &edge.udp), {"tcp", "edge.tcp", &edge.tcp}, {"tls", "edge.tls", &edge.tls}})
    for (const auto& text : *list)
      if (auto done = listen(protocol, key, text); !done) return tl::unexpected(done.error());
  if (edge.tcp.empty() && edge.tls.empty()) lines += "disable_tcp=yes\n";
  return lines;
}

std::string setting(const char* name, const std::string& value) {
  return fmt::format("modparam(\"tls\", \"{}\", {})\n", name, value);
}

Result<std::string> tls(const config::EdgeConfig& edge) {
  if (edge.tls.empty()) return std::string();
  for (const auto& [key, file] : {std::pair("edge.certificate", &edge.certificate), {"edge.key", &edge.key}})
    if (file->empty()) return wrong(key, "a PEM file: needed for edge.tls");
  for (const auto& [key, file] :
       {std::pair("edge.certificate", &edge.certificate), {"edge.key", &edge.key}, {"edge.client_ca", &edge.client_ca}})
    if (!file->empty() && (!plain(*file) || file->front() != '/'))
      return wrong(key, "an absolute path without control characters");
  auto text =
      kKamailioTls + setting("certificate", quoted(edge.certificate)) + setting("private_key", quoted(edge.key));
  if (!edge.client_ca.empty())
    text += "# A certificate is asked for, and one that is shown must hold.\n" +
            setting("ca_list", quoted(edge.client_ca)) + setting("verify_certificate", "1") +
            setting("require_certificate", "0");
  return text;
}

/// Whose message this is: the same list, in the same order, that the server has.
Result<std::string> trunks(const config::Config& config) {
  if (config.trunks.empty()) return wrong("trunk", "there is none: the edge would let nobody in");
  std::string text = "\nroute[TRUNK] {\n";
  for (std::size_t i = 0; i < config.trunks.size(); ++i) {
    const auto& trunk = config.trunks[i];
    const auto key = fmt::format("trunk[{}].", i);
    if (!plain(trunk.name)) return wrong(key + "name", "no control characters, no blanks at its ends");
    std::string sources;
    for (const auto& address : trunk.addresses) {
      const auto source = block(address);
      if (source.empty()) return wrong(key + "addresses", "not an address: " + address);
      sources += (sources.empty() ? "" : " || ") + ("src_ip == " + source);
    }
    if (sources.empty()) return wrong(key + "addresses", "at least one address");
    if (!trunk.tls_name.empty()) {
      if (config.edge.tls.empty()) return wrong(key + "tls_name", "needs edge.tls");
      if (config.edge.client_ca.empty()) return wrong("edge.client_ca", "needed for " + key + "tls_name");
      if (!plain(trunk.tls_name)) return wrong(key + "tls_name", "no control characters, no blanks at its ends");
      const auto name = quoted(trunk.tls_name);
      sources = fmt::format(
          "({}) && proto == TLS && $tls_peer_verified == 1 &&\n      ($tls_peer_subject_cn == {} || "
          "$tls_peer_san_hostname == {})",
          sources, name, name);
    }
    text += fmt::format(
        "  if ({}) {{\n    $var(trunk) = {};\n    $var(pipe) = \"trunk{}\";\n    $var(rate) = {};\n    return;\n  }}\n",
        sources, quoted(trunk.name), i, trunk.calls_per_second);
  }
  return text + "}\n";
}

}  // namespace

Result<std::string> kamailio_configuration(const config::Config& config) {
  auto listen = sockets(config);
  if (!listen) return listen;
  auto secure = tls(config.edge);
  if (!secure) return secure;
  auto known = trunks(config);
  if (!known) return known;
  const auto routes = filled(kKamailioRoutes, {{"@SERVER@", text_of(config.sip)},
                                               {"@SERVER_IP@", bracketed(config.sip.host)},
                                               {"@SERVER_PORT@", std::to_string(config.sip.port)},
                                               {"@INSIDE@", text_of(config.edge.inside)},
                                               {"@INSIDE_IP@", bracketed(config.edge.inside.host)},
                                               {"@INSIDE_PORT@", std::to_string(config.edge.inside.port)}});
  return "#!KAMAILIO\n# The edge of Sigap, for Kamailio 5.6. Made by `sigap edge kamailio` from sigap.toml: change "
         "that and "
         "make it again.\n\n" +
         *listen + kKamailioSettings + *secure + *known + routes;
}

}  // namespace sigap::edge
