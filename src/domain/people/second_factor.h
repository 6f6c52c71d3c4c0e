// What people prove beside their password, and the devices that they sign in on: a code of an app on their telephone
// (TOTP), a passkey (WebAuthn), or one of their recovery codes.
// Invariants: a code that was used once is never taken again, its step stands here; a passkey whose counter did not
// grow is held by somebody else, too, and opens nothing more until it is removed; of a recovery code and of a device
// only a hash is kept. Sources: RFC 6238 (TOTP), WebAuthn Level 2 (6.1.1 signature counter), OWASP ASVS 4.0 2.6 to 2.8.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/personal.h"
#include "base/time.h"

namespace sigap::people {

// Enumerations here are written to the journal: do not rename.
enum class FactorKind { totp, recovery, passkey };
enum class SessionEnd { signed_out, replaced, expired, disabled, password_changed, guessed, ended };

/// An app on a telephone that shows another code every thirty seconds.
struct Totp {
  Personal<std::string> secret;  ///< Base32
  Instant since;
  std::int64_t step = 0;  ///< of the last code that was taken: seconds of 1970 by thirty
};

/// Each opens the door once, instead of the telephone.
struct RecoveryCodes {
  std::string salt;
  std::vector<std::string> hashes;  ///< SHA-256 of salt and code, hex, of those that were not used
};

/// A telephone, computer or security key that signs for its person.
struct Passkey {
  std::string credential;      ///< its id, base64url
  std::string public_key;      ///< base64url, as the library that verifies with it takes it
  std::int64_t algorithm = 0;  ///< COSE: -7, -8 or -257
  std::int64_t counter = 0;    ///< of its last signature; 0: it does not count
  Personal<std::string> name;
  Instant since;
  std::optional<Instant> used;
  std::optional<Instant> cloned;  ///< since then it is refused: its counter did not grow
};

/// A browser that the person has signed in with.
struct Device {
  std::string hash;               ///< SHA-256 of the secret in its cookie, hex
  Personal<std::string> kind;     ///< browser and system, in words
  Instant since, seen;            ///< first and last sign-in
  std::optional<Instant> untold;  ///< the first sign-in, until the person said, on another one, that they know of it
};

/// A sign-in that is over.
struct PastSignIn {
  SessionId session;
  Personal<std::string> kind;
  Instant opened, ended;
  SessionEnd how = SessionEnd::signed_out;
};

/// All of it, of one person.
struct Keyring {
  std::optional<Totp> totp;
  std::optional<RecoveryCodes> recovery;
  std::vector<Passkey> passkeys;
  std::vector<Device> devices;   ///< at most kDevicesMost; who was not seen for longest makes room
  std::vector<PastSignIn> past;  ///< the last kPastMost, oldest first

  const Passkey* passkey(const std::string& credential) const;
  Passkey* passkey(const std::string& credential);
  const Device* device(const std::string& hash) const;
  /// There is something to be asked for beside the password.
  bool second() const { return totp || !passkeys.empty(); }
};

inline constexpr std::size_t kPasskeysMost = 8;         ///< a telephone, a desk, a key and their spares; own
inline constexpr std::size_t kDevicesMost = 8;          ///< as many; own
inline constexpr std::size_t kPastMost = 8;             ///< about a week of shifts; own
inline constexpr std::size_t kRecoveryCodes = 10;       ///< as many as people are used to; own
inline constexpr std::size_t kRecoveryCode_bytes = 10;  ///< of randomness: 80 bits, salted (ASVS 4.0 2.6.2)

/// "3f9a2-77b0c-19de4-8a6f1" of twenty hexadecimal digits.
std::string recovery_code(std::string_view hex);
/// What is kept of a code. Blanks, dashes and capitals of what was typed do not count.
std::string recovery_hash(const std::string& salt, std::string_view typed);

}  // namespace sigap::people
