// Codes by time with liboath, passkeys with libfido2: what their libraries verify, and around it what WebAuthn asks of
// a server. Invariants: text of browsers is decoded, bounded and read as what it must be before any library sees it; a
// refusal says what was wrong, never what was sent. Sources: RFC 6238, RFC 4226 4 (a secret of 160 bits), WebAuthn
// Level 2 7.1, 7.2, 6.1 (authenticator data), RFC 8152 (COSE).
#pragma once
#include "ports/second_factors.h"

namespace sigap::second_factors {

class SecondFactorsFido final : public ports::SecondFactors {
 public:
  SecondFactorsFido();
  std::string new_secret() override;
  std::optional<std::int64_t> step_of(const std::string& secret, const std::string& code, Instant now) override;
  Result<ports::PasskeyKey> made(const ports::PasskeyHost& host, const std::string& challenge,
                                 const ports::PasskeyMade& passkey) override;
  Result<std::int64_t> said(const ports::PasskeyHost& host, const std::string& challenge, const ports::PasskeyKey& key,
                            const ports::PasskeySaid& passkey) override;
};

}  // namespace sigap::second_factors
