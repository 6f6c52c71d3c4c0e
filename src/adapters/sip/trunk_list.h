// Which addresses are ours to believe: SIP is accepted from configured trunks only, by the address it really came from.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"

struct sockaddr;

namespace sigap::sip {

struct Trunk {
  TrunkName name;
  std::vector<std::string> addresses;  ///< addresses or CIDR blocks, IPv4 or IPv6
};

class TrunkList {
 public:
  /// Refusal "invalid" names the address that cannot be read.
  static Result<TrunkList> make(const std::vector<Trunk>& trunks);
  /// The first trunk that holds the address; an IPv4 address mapped into IPv6 counts as IPv4.
  std::optional<TrunkName> find(const sockaddr& source) const;

 private:
  using Bytes = std::array<unsigned char, 16>;
  struct Block {
    TrunkName trunk;
    Bytes bytes{};
    int bits = 128;
  };
  std::vector<Block> blocks_;
};

}  // namespace sigap::sip
