// Whom a request comes from when proxies stand in between, by what they say of it.
// Invariants: nobody is believed but a trusted proxy, and of a list only what trusted proxies have added: it is read
// from the right, and the first one who is no trusted proxy is the client. Sources: RFC 7239 (Forwarded; 5.2
// X-Forwarded-For, 6 the forms of a node); the forms IP:port and [IPv6]:port in X-Forwarded-For are those of Azure, IIS
// and HAProxy.
#pragma once
#include <boost/asio/ip/address.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sigap::web {

/// Addresses and blocks of them: "10.0.0.8", "10.0.0.0/8", "2001:db8::/32".
class AddressBlocks {
 public:
  /// Refusal "invalid" of `field`.
  static Result<AddressBlocks> read(const std::vector<std::string>& texts, const char* field = "trusted_proxies");
  bool contain(const boost::asio::ip::address& address) const;

 private:
  struct Block {
    std::vector<unsigned char> bytes;  ///< 4 or 16
    unsigned bits = 0;                 ///< that count
  };
  std::vector<Block> blocks_;
};

/// IPv4 in the clothes of IPv6 (::ffff:10.0.0.8) is IPv4.
boost::asio::ip::address plain_address(const boost::asio::ip::address& address);

/// An address as limits count it: IPv4, or the /64 of an IPv6 one (a customer has a whole /64).
std::string counted_address(const boost::asio::ip::address& address);

/// One machine in such a list: IP, IP:port, [IPv6], [IPv6]:port, in quotes or not. Nothing: no address.
std::optional<boost::asio::ip::address> node_address(std::string_view text);

/// A request's header fields that tell of proxies: the lines of each in their order, joined by commas.
struct ForwardedFields {
  std::string x_forwarded_for, forwarded;
};

/// The client as limits count it: its address, or the name that a trusted proxy hides it behind ("_SEVKISEK"). Who is
/// not told stands for whoever was asked last. When both fields are there and say different things, the proxy writes
/// one and passes on the other from a stranger: then neither is believed.
std::string client_of(const boost::asio::ip::address& peer, const AddressBlocks& trusted,
                      const ForwardedFields& fields);

/// The parts of a list, without the blanks around them. Commas in quotes do not part it, empty parts are left out.
std::vector<std::string_view> list_parts(std::string_view list, char separator = ',');

}  // namespace sigap::web
