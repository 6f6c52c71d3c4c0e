// Who we are to whoever connects by TLS: a chain of certificates and its key, looked at before anybody is shown them.
// Invariants: an identity that was given out is good for a browser of today at the moment it was read, or says what is
// not; a refusal names the file and what is wrong with it; the key is wiped from what was read. The server speaks TLS
// 1.2 and 1.3 only, with forward secrecy, and HTTP/1.1 by ALPN.
// Sources: RFC 5280, RFC 8446, RFC 9325 (recommendations for TLS), RFC 7301 (ALPN), Mozilla "intermediate"; CA/Browser
// Forum Baseline Requirements 6.1.5 (RSA of 2048 bits, P-256) and 7.1.3 (no SHA-1).
#pragma once
#include <openssl/ssl.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace sigap::tls {

struct IdentityFiles {
  std::filesystem::path certificate;  ///< PEM: ours first, then who signed it
  std::filesystem::path key;          ///< PEM, not encrypted, not readable by everybody
};

struct Identity {
  std::shared_ptr<SSL_CTX> context;  ///< of a server
  Instant until;                     ///< the first of the chain to expire
  std::string fingerprint;           ///< SHA-256 of ours
  std::string flaw;                  ///< what browsers hold against it; empty: nothing, always where `good` was asked
};

/// Of what is read: good for browsers; or fit to be shown at all, for telephones must not wait for a certificate.
enum class Demand { good, usable };

/// `names`: host names and addresses that it must be good for. Refusals: "io", "invalid"; the field is "certificate" or
/// "key". What is merely `usable` may be out of its time, for other names, for another purpose, with a key that others
/// may read; what cannot be read, does not fit together or is too weak never is.
Result<Identity> read_identity(const IdentityFiles& files, const std::vector<std::string>& names, Instant now,
                               Demand demand = Demand::good);

}  // namespace sigap::tls
