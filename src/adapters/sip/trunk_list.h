// Which addresses are ours to believe: SIP is accepted from configured trunks only, by the address it really came from,
// or by the name that an edge in front of us gave the trunk after looking at the same list (docs/adr/0008-edge.md).
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sip/dialled.h"
#include "adapters/sip/transport.h"
#include "base/ids.h"
#include "base/result.h"

struct sockaddr;

namespace sigap::sip {

/// How calls of ours go out through a trunk.
struct WayOut {
  std::string host;  ///< an address
  std::uint16_t port = 5060;
  Transport over = Transport::udp;
  std::string caller_id;  ///< the number that the callee is shown
};

/// How what a trunk sends is read.
struct Reading {
  std::vector<std::string> dialled = kUsuallyOurs;  ///< what is ours to answer (dialled.h)
  bool identity_believed = true;  ///< P-Asserted-Identity and Remote-Party-ID; else only From is looked at
};

struct Trunk {
  TrunkName name;
  std::vector<std::string> addresses;  ///< addresses or CIDR blocks, IPv4 or IPv6
  std::string tls_name = {};           ///< in the certificate that proves it, to us or to an edge: no address is enough
  std::optional<WayOut> out = {};
  Reading reading = {};
};

class TrunkList {
 public:
  /// `edges`: addresses whose word for a trunk is taken. Refusal "invalid" names the address that cannot be read.
  static Result<TrunkList> make(const std::vector<Trunk>& trunks, const std::vector<std::string>& edges = {});
  /// The first trunk that holds the address; an IPv4 address mapped into IPv6 counts as IPv4.
  std::optional<TrunkName> find(const sockaddr& source) const;
  /// Whose request this is that names these trunks. An edge names exactly one that we know, or nobody is meant: what a
  /// stranger wrote stands beside what the edge wrote. From elsewhere names mean nothing.
  /// `shown`: the names in the certificate that was checked when the sender's connection began, by TLS.
  std::optional<TrunkName> find(const sockaddr& source, const std::vector<std::string_view>& named,
                                const std::vector<std::string_view>& shown = {}) const;
  /// Whether a trunk that is known by its certificate may be there (of this name, if any is given).
  bool proves_itself(const sockaddr& source, const TrunkName& trunk = {}) const;
  /// Of a trunk, or of an edge.
  bool knows(const sockaddr& source) const;
  bool is_edge(const sockaddr& source) const;
  /// Known, or where calls of ours go: whose connections stay, whether they say something or not.
  bool may_connect(const sockaddr& source) const;
  /// Whether this source speaks for the trunk whose dialog it is: an address of it, the one that our calls go to, or an
  /// edge that names it or nobody (what an edge says by itself: CANCEL, an ACK to a refusal). Whose dialog nobody knows
  /// any more, or whose trunk is no longer configured, may be any trunk's.
  bool believes(const sockaddr& source, const std::vector<std::string_view>& named, const TrunkName& whose,
                const std::vector<std::string_view>& shown = {}) const;
  /// Whether sound may be sent to this address (a literal) on the trunk's word. Not to many at once, and not to this
  /// machine, of which `ours` are addresses: what listens there believes who is near. Unless the trunk is there, too.
  bool may_be_sent_to(const TrunkName& trunk, const std::string& address, const std::vector<std::string>& ours) const;
  /// Nothing when no call of ours goes out through this trunk.
  const WayOut* way_out(const TrunkName& trunk) const;
  const Reading& reading(const TrunkName& trunk) const;

 private:
  using Bytes = std::array<unsigned char, 16>;
  struct Block {
    TrunkName trunk;
    Bytes bytes{};
    int bits = 128;
    std::string tls_name;  ///< empty: the address is enough
    bool holds(const Bytes& address) const;
    bool is_proved(const std::vector<std::string_view>& shown) const;
  };
  static bool read(const std::string& text, Block& block);
  static std::optional<Bytes> bytes_of(const sockaddr& source);
  bool is_configured(const TrunkName& trunk) const;
  std::optional<TrunkName> proved(const Bytes& address, const std::vector<std::string_view>& shown) const;
  static bool within(const std::vector<Block>& blocks, const Bytes& address);

  std::vector<Block> blocks_;
  std::vector<Block> places_;  ///< where each trunk is, believed by its address or not, and where our calls go
  std::vector<Block> edges_;
  std::vector<TrunkName> names_;
  std::map<TrunkName, WayOut> ways_out_;
  std::map<TrunkName, Reading> readings_;
};

}  // namespace sigap::sip
