#include "adapters/sip/trunk_list.h"

#include <arpa/inet.h>
#include <strings.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace sigap::sip {
namespace {

constexpr int kMappedBits = 96;  // ::ffff:0:0/96, RFC 4291 2.5.5.2

void map_v4(const void* v4, std::array<unsigned char, 16>& bytes) {
  bytes = {};
  bytes[10] = bytes[11] = 0xff;
  std::memcpy(bytes.data() + 12, v4, 4);
}

}  // namespace

bool TrunkList::read(const std::string& text, Block& block) {
  const auto slash = text.find('/');
  const auto address = text.substr(0, slash);
  in_addr v4{};
  const bool is_v4 = inet_pton(AF_INET, address.c_str(), &v4) == 1;
  if (is_v4)
    map_v4(&v4, block.bytes);
  else if (inet_pton(AF_INET6, address.c_str(), block.bytes.data()) != 1)
    return false;
  if (slash == std::string::npos) return true;
  const auto* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + slash + 1, end, block.bits);
  if (error != std::errc() || rest != end || block.bits < 0 || block.bits > (is_v4 ? 32 : 128)) return false;
  if (is_v4) block.bits += kMappedBits;
  return true;
}

Result<TrunkList> TrunkList::make(const std::vector<Trunk>& trunks, const std::vector<std::string>& edges) {
  TrunkList list;
  for (const auto& trunk : trunks) {
    list.names_.push_back(trunk.name);
    if (trunk.out) list.ways_out_[trunk.name] = *trunk.out;
    list.readings_[trunk.name] = trunk.reading;
    for (const auto& text : trunk.addresses) {
      Block block;
      block.trunk = trunk.name;
      if (!read(text, block)) return refuse("invalid", "trunk " + trunk.name.value + ": not an address: " + text);
      block.tls_name = trunk.tls_name;
      list.places_.push_back(block);
      list.blocks_.push_back(std::move(block));
    }
    Block out;
    out.trunk = trunk.name;
    out.tls_name = trunk.tls_name;
    if (trunk.out && read(trunk.out->host, out)) list.places_.push_back(std::move(out));
  }
  for (const auto& text : edges) {
    Block block;
    if (!read(text, block)) return refuse("invalid", "sip.edge: not an address: " + text);
    list.edges_.push_back(std::move(block));
  }
  return list;
}

bool TrunkList::Block::holds(const Bytes& address) const {
  for (int bit = 0; bit < bits; bit += 8) {
    const int left = std::min(8, bits - bit);
    const auto mask = static_cast<unsigned char>(0xff << (8 - left));
    const auto i = static_cast<std::size_t>(bit / 8);
    if ((address[i] & mask) != (bytes[i] & mask)) return false;
  }
  return true;
}

std::optional<TrunkList::Bytes> TrunkList::bytes_of(const sockaddr& source) {
  Bytes bytes{};
  if (source.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &source, sizeof v4);
    map_v4(&v4.sin_addr, bytes);
  } else if (source.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &source, sizeof v6);
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
  } else {
    return std::nullopt;
  }
  return bytes;
}

bool TrunkList::Block::is_proved(const std::vector<std::string_view>& shown) const {
  const auto same = [&](std::string_view name) {
    return name.size() == tls_name.size() && strncasecmp(name.data(), tls_name.data(), name.size()) == 0;
  };
  return tls_name.empty() || std::any_of(shown.begin(), shown.end(), same);
}

std::optional<TrunkName> TrunkList::find(const sockaddr& source) const {
  return find(source, {}, {});
}

bool TrunkList::proves_itself(const sockaddr& source, const TrunkName& trunk) const {
  const auto address = bytes_of(source);
  return address && std::any_of(blocks_.begin(), blocks_.end(), [&](const Block& block) {
           return !block.tls_name.empty() && (trunk.value.empty() || block.trunk == trunk) && block.holds(*address);
         });
}

std::optional<TrunkName> TrunkList::proved(const Bytes& address, const std::vector<std::string_view>& shown) const {
  const auto found = std::find_if(blocks_.begin(), blocks_.end(),
                                  [&](const Block& block) { return block.holds(address) && block.is_proved(shown); });
  if (found == blocks_.end()) return std::nullopt;
  return found->trunk;
}

bool TrunkList::within(const std::vector<Block>& blocks, const Bytes& address) {
  return std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) { return block.holds(address); });
}

bool TrunkList::is_configured(const TrunkName& trunk) const {
  return std::find(names_.begin(), names_.end(), trunk) != names_.end();
}

bool TrunkList::is_edge(const sockaddr& source) const {
  const auto address = bytes_of(source);
  return address && within(edges_, *address);
}

bool TrunkList::knows(const sockaddr& source) const {
  return find(source) || is_edge(source);
}

bool TrunkList::may_connect(const sockaddr& source) const {
  const auto address = bytes_of(source);
  return address && (within(edges_, *address) || std::any_of(places_.begin(), places_.end(), [&](const Block& place) {
                       return place.tls_name.empty() && place.holds(*address);
                     }));
}

bool TrunkList::believes(const sockaddr& source, const std::vector<std::string_view>& named, const TrunkName& whose,
                         const std::vector<std::string_view>& shown) const {
  const auto address = bytes_of(source);
  if (!address) return false;
  const bool anybodys = !is_configured(whose);
  if (within(edges_, *address)) {
    if (named.empty()) return true;
    const auto says = find(source, named);
    if (says && (anybodys || *says == whose)) return true;
  }
  return std::any_of(places_.begin(), places_.end(), [&](const Block& place) {
    return (anybodys || place.trunk == whose) && place.is_proved(shown) && place.holds(*address);
  });
}

bool TrunkList::may_be_sent_to(const TrunkName& trunk, const std::string& address,
                               const std::vector<std::string>& ours) const {
  if (address.empty()) return true;
  Block target;
  if (address.find('/') != std::string::npos || !read(address, target)) return false;
  const auto& bytes = target.bytes;
  if (address == "0.0.0.0" || address == "::") return true;  // nowhere: on hold (RFC 2543)
  static constexpr Bytes kLoopback6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  const auto v4 = [](const Bytes& b) {
    return b[10] == 0xff && b[11] == 0xff && std::all_of(b.begin(), b.begin() + 10, [](auto x) { return x == 0; });
  };
  const auto loopback = [&](const Bytes& b) { return b == kLoopback6 || (v4(b) && b[12] == 127); };
  // RFC 5771, RFC 4291 2.7; above 239 nothing is anybody's (RFC 1112), and 255.255.255.255 is everybody.
  if (v4(bytes) ? bytes[12] >= 224 : bytes[0] == 0xff) return false;
  const bool anybodys = !is_configured(trunk);
  const auto is_there = [&](auto test) {
    return std::any_of(places_.begin(), places_.end(),
                       [&](const Block& place) { return (anybodys || place.trunk == trunk) && test(place); });
  };
  const bool neighbour = is_there([&](const Block& place) { return loopback(place.bytes); });
  if (loopback(bytes)) return neighbour;
  const bool us = std::any_of(ours.begin(), ours.end(), [&](const std::string& one) {
    Block own;
    return !one.empty() && read(one, own) && own.bytes == bytes;
  });
  return !us || neighbour || is_there([&](const Block& place) { return place.bits == 128 && place.holds(bytes); });
}

const WayOut* TrunkList::way_out(const TrunkName& trunk) const {
  const auto found = ways_out_.find(trunk);
  return found == ways_out_.end() ? nullptr : &found->second;
}

const Reading& TrunkList::reading(const TrunkName& trunk) const {
  static const Reading usual;
  const auto found = readings_.find(trunk);
  return found == readings_.end() ? usual : found->second;
}

std::optional<TrunkName> TrunkList::find(const sockaddr& source, const std::vector<std::string_view>& named,
                                         const std::vector<std::string_view>& shown) const {
  const auto address = bytes_of(source);
  if (!address) return std::nullopt;
  if (named.empty() || !within(edges_, *address)) return proved(*address, shown);
  if (named.size() != 1) return std::nullopt;
  const auto known =
      std::find_if(names_.begin(), names_.end(), [&](const TrunkName& name) { return name.value == named[0]; });
  if (known == names_.end()) return std::nullopt;
  return *known;
}

}  // namespace sigap::sip
