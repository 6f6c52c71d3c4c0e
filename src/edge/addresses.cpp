#include "edge/addresses.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace sigap::edge {
namespace {

using Bytes = std::array<unsigned char, sizeof(in6_addr)>;

}  // namespace

tl::unexpected<Refusal> wrong(const std::string& key, const std::string& why) {
  return refuse("invalid", key + ": " + why, key);
}

bool is_v6(const std::string& address) {
  in6_addr bytes{};
  return inet_pton(AF_INET6, address.c_str(), &bytes) == 1;
}

bool is_v4(const std::string& address) {
  in_addr bytes{};
  return inet_pton(AF_INET, address.c_str(), &bytes) == 1;
}

std::string bracketed(const std::string& address) {
  return is_v6(address) ? "[" + address + "]" : address;
}

std::string text_of(const config::HostPort& at) {
  return bracketed(at.host) + ":" + std::to_string(at.port);
}

bool within(const std::string& address, const std::string& block) {
  const auto slash = block.find('/');
  const auto network = block.substr(0, slash);
  if (is_v6(address) != is_v6(network)) return false;
  const int family = is_v6(address) ? AF_INET6 : AF_INET;
  Bytes a{}, b{};
  if (inet_pton(family, address.c_str(), a.data()) != 1 || inet_pton(family, network.c_str(), b.data()) != 1)
    return false;
  std::size_t bits = family == AF_INET6 ? 128 : 32;
  if (slash != std::string::npos) std::from_chars(block.data() + slash + 1, block.data() + block.size(), bits);
  for (std::size_t i = 0; i < std::min<std::size_t>(bits, 128); ++i)
    if ((a[i / 8] ^ b[i / 8]) >> (7 - i % 8) & 1) return false;
  return true;
}

Result<config::HostPort> own_socket(const std::string& key, const std::string& text) {
  auto at = config::host_port(text);
  if (!at) return wrong(key, at.error().message);
  if (!is_v4(at->host) && !is_v6(at->host)) return wrong(key, "an address, not a name: " + text);
  if (at->host == "0.0.0.0" || at->host == "::")
    return wrong(key, "one address of this machine, no wildcard: it is told to the other side");
  if (at->port == 0) return wrong(key, "a port that stays the same: it is told to the other side");
  return *at;
}

bool plain(const std::string& text) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  return !text.empty() && text.front() != ' ' && text.back() != ' ' && std::none_of(text.begin(), text.end(), control);
}

}  // namespace sigap::edge
