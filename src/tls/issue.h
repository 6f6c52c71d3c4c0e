// Makes certificates: for a local authority, and for tests that need bad ones.
// Sources: RFC 5280 (4.2.1.10: an authority that may name only some is believed for those alone), CA/Browser Forum
// Baseline Requirements 7.1.2.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace sigap::tls {

struct Wanted {
  std::string common_name;
  std::vector<std::string> names;  ///< host names and addresses; of an authority: what it may sign for, also blocks
  Instant from, until;
  bool authority = false;
  int rsa_bits = 0;                    ///< 0: an elliptic curve (P-256)
  std::string digest = "SHA256";       ///< of the signature
  std::string purpose = "serverAuth";  ///< of no authority, as OpenSSL names it: "clientAuth"
};

/// PEM.
struct Issued {
  std::string certificate, key;
};

/// Signed by `by`, or by itself. Refusal "tls": a name that is none, or what OpenSSL complains of.
Result<Issued> issue(const Wanted& wanted, const Issued* by = nullptr);

}  // namespace sigap::tls
