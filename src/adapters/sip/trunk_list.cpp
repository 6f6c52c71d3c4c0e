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

Result<TrunkList> TrunkList::make(const std::vector<Trunk>& trunks) {
  TrunkList list;
  for (const auto& trunk : trunks)
    for (const auto& text : trunk.addresses) {
      const auto wrong = [&] { return refuse("invalid", "trunk " + trunk.name.value + ": not an address: " + text); };
      Block block;
      block.trunk = trunk.name;
      const auto slash = text.find('/');
      const auto address = text.substr(0, slash);
      in_addr v4{};
      const bool is_v4 = inet_pton(AF_INET, address.c_str(), &v4) == 1;
      if (is_v4)
        map_v4(&v4, block.bytes);
      else if (inet_pton(AF_INET6, address.c_str(), block.bytes.data()) != 1)
        return wrong();
      if (slash != std::string::npos) {
        const auto* end = text.data() + text.size();
        const auto [read, error] = std::from_chars(text.data() + slash + 1, end, block.bits);
        if (error != std::errc() || read != end || block.bits < 0 || block.bits > (is_v4 ? 32 : 128)) return wrong();
        if (is_v4) block.bits += kMappedBits;
      }
      list.blocks_.push_back(std::move(block));
    }
  return list;
}

std::optional<TrunkName> TrunkList::find(const sockaddr& source) const {
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
  const auto holds = [&](const Block& block) {
    for (int bit = 0; bit < block.bits; bit += 8) {
      const int left = std::min(8, block.bits - bit);
      const auto mask = static_cast<unsigned char>(0xff << (8 - left));
      const auto i = static_cast<std::size_t>(bit / 8);
      if ((bytes[i] & mask) != (block.bytes[i] & mask)) return false;
    }
    return true;
  };
  const auto found = std::find_if(blocks_.begin(), blocks_.end(), holds);
  if (found == blocks_.end()) return std::nullopt;
  return found->trunk;
}

}  // namespace sigap::sip
