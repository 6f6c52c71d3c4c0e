// How a drill reaches an installation: the address that callers and operators speak from, and the server's doors; and
// how SIP and SDP write them. Sources: RFC 3986 3.2.2 (an IPv6 address stands in brackets), RFC 4566 5.7 (c=).
#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <optional>
#include <string>

#include "base/result.h"

namespace sigap::drill {

struct Path {
  boost::asio::ip::address from;  ///< where callers and operators are: for the server an address of a trunk
  boost::asio::ip::udp::endpoint sip;
  boost::asio::ip::tcp::endpoint http;
  std::string origin = {};  ///< that the server lets pages come from; empty: the address asked
};

/// A call as somebody knows it who has read a message of it on the way: header fields, whole lines.
struct Overheard {
  std::string via, from, to, call_id;
};

/// "192.0.2.1:5060", "[2001:db8::1]:5060": an address, not a name. Refusal "invalid".
Result<boost::asio::ip::udp::endpoint> udp_endpoint(const std::string& text);
Result<boost::asio::ip::tcp::endpoint> tcp_endpoint(const std::string& text);
/// From loopback to a server on loopback, by its addresses as a configuration has them.
Path path_on_loopback(const std::string& http, const std::string& sip);

/// What a page of this installation says where it came from (RFC 6454).
std::string origin_of(const Path& path);

/// As a URI has it.
std::string in_uri(const boost::asio::ip::address& address);
std::string in_uri(const boost::asio::ip::udp::endpoint& endpoint);
std::string in_uri(const boost::asio::ip::tcp::endpoint& endpoint);
/// "IN IP4 192.0.2.1".
std::string in_sdp(const boost::asio::ip::address& address);
/// Where the first audio line of this SDP wants its packets.
std::optional<boost::asio::ip::udp::endpoint> audio_at(const std::string& sdp);

}  // namespace sigap::drill
