// Whether the page that sends a request is one of ours: its Origin is the host that was asked for, as browsers and
// proxies write it. Sources: RFC 6454 (Origin), RFC 9110 4.2.3 (http and https URIs: the default port may be left out,
// capitals do not count), RFC 3986 3.2.2 (hosts).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sigap::web {

struct WebOrigin {
  std::string scheme;  ///< "http" or "https"
  std::string host;    ///< small letters, no dot at the end; IPv6 in brackets, in its shortest form
  std::uint16_t port = 0;
  bool operator==(const WebOrigin&) const = default;
};

/// "https://110.example.go.id", "http://[::1]:8110". Nothing: not the origin of a page ("null", a path, another
/// scheme).
std::optional<WebOrigin> read_origin(std::string_view text);

/// What was asked for: of the request itself, or of the trusted proxy that took it.
struct Asked {
  std::string scheme;              ///< "http" or "https"; empty: not known
  std::vector<std::string> hosts;  ///< each as in Host, any of them
  std::string port;                ///< of the proxy, where a host names none; empty: the scheme's
};

/// The first of the hosts that were asked for, port or not, that is among these: without port, in small letters.
std::optional<std::string> asked_for(const std::vector<std::string>& hosts, const Asked& asked);

/// Whether `origin` is where `asked` came to.
bool same_origin(const WebOrigin& origin, const Asked& asked);

}  // namespace sigap::web
