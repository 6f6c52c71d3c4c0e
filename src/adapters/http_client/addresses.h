// Which addresses are nobody's but the public internet's: a server of ours, or one beside it, is not to be reached by
// an address that somebody else wrote (SSRF). Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC
// 6890), RFC 6052 and RFC 3056 (IPv4 within IPv6), OWASP SSRF Prevention Cheat Sheet.
#pragma once
#include <boost/asio/ip/address.hpp>

namespace sigap::http_client {

/// Globally reachable, and no multicast.
bool is_public(const boost::asio::ip::address& address);

}  // namespace sigap::http_client
