// Verifies second factors: codes by time (RFC 6238), and passkeys (WebAuthn Level 2, chapter 7).
// Invariants: nothing is remembered here; whether a code or a counter was used before is decided by the core, whether a
// challenge was ours by who gave it out. A passkey signs with its user verified (a finger, a face, a PIN), always: so
// it is two factors by itself. All text of browsers is base64url without padding. Thread-safe.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "ports/web.h"

namespace sigap::ports {

/// Whose passkeys they are: pages at these origins, of this host or below it.
struct PasskeyHost {
  std::string host;  ///< rpId; empty: no passkeys here, the pages are reached by an address that has no name
  std::vector<std::string> origins;  ///< "https://110.example.go.id"; the first is told to people
};

/// A passkey as its browser made it.
struct PasskeyMade {
  std::string client_data, authenticator_data;
};

struct PasskeyKey {
  std::string credential, public_key;
  std::int64_t algorithm = 0;  ///< COSE
  std::int64_t counter = 0;
};

class SecondFactors {
 public:
  virtual ~SecondFactors() = default;
  /// 160 random bits, Base32.
  virtual std::string new_secret() = 0;
  /// The time step whose code this is: that of now, or the one before or after it. Nothing when it is none of them.
  virtual std::optional<std::int64_t> step_of(const std::string& secret, const std::string& code, Instant now) = 0;
  /// The key of a passkey that was made for this challenge, without asking who made the device (attestation "none").
  /// Refusals: "origin", "host", "challenge", "unverified", "invalid".
  virtual Result<PasskeyKey> made(const PasskeyHost& host, const std::string& challenge,
                                  const PasskeyMade& passkey) = 0;
  /// The counter of a right answer to this challenge. Refusals: as of made(), and "signature".
  virtual Result<std::int64_t> said(const PasskeyHost& host, const std::string& challenge, const PasskeyKey& key,
                                    const PasskeySaid& passkey) = 0;
};

}  // namespace sigap::ports
