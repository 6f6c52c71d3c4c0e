#include "adapters/sip/trunk_list.h"

#include <arpa/inet.h>

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
      if (!trunk.by_edge_only) list.blocks_.push_back(std::move(block));
    }
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

std::optional<TrunkName> TrunkList::find(const sockaddr& source) const {
  const auto address = bytes_of(source);
  if (!address) return std::nullopt;
  const auto found =
      std::find_if(blocks_.begin(), blocks_.end(), [&](const Block& block) { return block.holds(*address); });
  if (found == blocks_.end()) return std::nullopt;
  return found->trunk;
}

bool TrunkList::knows(const sockaddr& source) const {
  const auto address = bytes_of(source);
  return address && (find(source) || std::any_of(edges_.begin(), edges_.end(),
                                                 [&](const Block& edge) { return edge.holds(*address); }));
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

std::optional<TrunkName> TrunkList::find(const sockaddr& source, const std::vector<std::string_view>& named) const {
  const auto address = bytes_of(source);
  if (named.empty() || !address ||
      std::none_of(edges_.begin(), edges_.end(), [&](const Block& edge) { return edge.holds(*address); }))
    return find(source);
  if (named.size() != 1) return std::nullopt;
  const auto known =
      std::find_if(names_.begin(), names_.end(), [&](const TrunkName& name) { return name.value == named[0]; });
  if (known == names_.end()) return std::nullopt;
  return *known;
}

}  // namespace sigap::sip
