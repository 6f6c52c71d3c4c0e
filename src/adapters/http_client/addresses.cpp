#include "adapters/http_client/addresses.h"

#include <algorithm>
#include <array>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

namespace sigap::http_client {
namespace {

namespace ip = boost::asio::ip;

constexpr std::array kNotPublic4 = {"0.0.0.0/8",      "10.0.0.0/8",     "100.64.0.0/10", "127.0.0.0/8",
                                    "169.254.0.0/16", "172.16.0.0/12",  "192.0.0.0/24",  "192.0.2.0/24",
                                    "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
                                    "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4"};

bool within(const ip::address_v6& address, const char* network) {
  const auto block = ip::make_network_v6(network);
  const auto length = block.prefix_length();
  return ip::network_v6(address, length).network() == block.network();
}

bool is_public4(const ip::address_v4& address) {
  return std::ranges::none_of(kNotPublic4, [&](const char* network) {
    const auto block = ip::make_network_v4(network);
    return (address.to_uint() & block.netmask().to_uint()) == block.network().to_uint();
  });
}

/// Four bytes of it, from there on.
ip::address_v4 inner(const ip::address_v6& address, std::size_t from) {
  const auto bytes = address.to_bytes();
  return ip::address_v4(ip::address_v4::bytes_type{bytes[from], bytes[from + 1], bytes[from + 2], bytes[from + 3]});
}

}  // namespace

bool is_public(const ip::address& address) {
  if (address.is_v4()) return is_public4(address.to_v4());
  const auto v6 = address.to_v6();
  if (v6.is_v4_mapped()) return is_public4(inner(v6, 12));
  if (within(v6, "64:ff9b::/96")) return is_public4(inner(v6, 12));
  if (within(v6, "2002::/16")) return is_public4(inner(v6, 2));
  // Only what is given out as global unicast, less what is not for use; a Teredo address holds anybody's.
  return within(v6, "2000::/3") && !within(v6, "2001::/23") && !within(v6, "2001:db8::/32") && !within(v6, "3fff::/20");
}

}  // namespace sigap::http_client
