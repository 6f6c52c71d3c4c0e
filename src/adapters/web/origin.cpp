#include "adapters/web/origin.h"

#include <algorithm>
#include <boost/asio/ip/address_v6.hpp>
#include <charconv>

namespace sigap::web {
namespace {

std::string small_letters(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::uint16_t port_of(std::string_view scheme) {
  return scheme == "https" ? 443 : 80;
}

std::optional<std::uint16_t> read_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

struct Authority {
  std::string host;
  std::optional<std::uint16_t> port;
};

/// HOST, HOST:, HOST:PORT. RFC 3986 3.2.3: an empty port is none.
std::optional<Authority> read_authority(std::string_view text) {
  auto host = small_letters(text);
  Authority out;
  const auto colon = text.starts_with('[') ? text.find(':', std::min(text.find(']'), text.size())) : text.find(':');
  if (colon != std::string_view::npos) {
    const auto port = text.substr(colon + 1);
    if (!port.empty() && !(out.port = read_port(port))) return std::nullopt;
    host.resize(colon);
  }
  if (host.starts_with('[')) {
    if (!host.ends_with(']')) return std::nullopt;
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address_v6(host.substr(1, host.size() - 2), error);
    if (error) return std::nullopt;
    host = '[' + address.to_string() + ']';
  } else if (host.ends_with('.')) {
    host.pop_back();  // the root of all names: the same host
  }
  if (host.empty() || host.find_first_of("/?#@, \t\"") != std::string::npos) return std::nullopt;
  out.host = std::move(host);
  return out;
}

}  // namespace

std::optional<WebOrigin> read_origin(std::string_view text) {
  const auto end = text.find("://");
  if (end == std::string_view::npos) return std::nullopt;
  auto scheme = small_letters(text.substr(0, end));
  if (scheme != "http" && scheme != "https") return std::nullopt;
  auto authority = read_authority(text.substr(end + 3));
  if (!authority) return std::nullopt;
  const auto port = authority->port.value_or(port_of(scheme));
  return WebOrigin{std::move(scheme), std::move(authority->host), port};
}

std::optional<std::string> asked_for(const std::vector<std::string>& hosts, const Asked& asked) {
  for (const auto& text : asked.hosts) {
    const auto host = read_authority(text);
    const auto is = [&](const std::string& one) {
      const auto known = read_authority(one);
      return known && host->host == known->host;
    };
    if (host && std::any_of(hosts.begin(), hosts.end(), is)) return host->host;
  }
  return std::nullopt;
}

bool same_origin(const WebOrigin& origin, const Asked& asked) {
  if (!asked.scheme.empty() && asked.scheme != origin.scheme) return false;
  return std::any_of(asked.hosts.begin(), asked.hosts.end(), [&](const std::string& text) {
    const auto host = read_authority(text);
    if (!host || host->host != origin.host) return false;
    if (host->port) return *host->port == origin.port;
    return origin.port == port_of(origin.scheme) || origin.port == read_port(asked.port);
  });
}

}  // namespace sigap::web
