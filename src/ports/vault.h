// Secrets: sealing personal data, callers' erasable references, passwords, randomness.
// Invariants: data keys (one a subject) are stored wrapped by a master key that lies outside the data folder; deleting
// a subject's key makes everything sealed for it unreadable for ever; nothing here writes a plain text anywhere.
// Sealing is XChaCha20-Poly1305 (libsodium); its nonce is derived from the subject's key, place and plain text, so
// equal input gives equal output and a journal is reproducible byte by byte.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"

namespace sigap::ports {

/// Source: X25519 (RFC 7748), as libsodium's crypto_box_seal has it.
inline constexpr std::size_t kRecordingKey_bytes = 32;
using RecordingKey = std::array<unsigned char, kRecordingKey_bytes>;

class Vault {
 public:
  virtual ~Vault() = default;
  /// Encrypts `plain` with the subject's key. `place` (the event's id and the field's path) is authenticated with it,
  /// so a value cannot be moved. Yields base64.
  virtual std::string seal(std::string_view subject, std::string_view place, std::string_view plain) = 0;
  /// Decrypts what seal() made. Yields nothing when the key was deleted, or the text was changed or moved.
  virtual std::optional<std::string> open(std::string_view subject, std::string_view place,
                                          std::string_view sealed) = 0;
  /// False when there is surely no key of it: it was forgotten, or never had one.
  virtual bool has_key(std::string_view subject) = 0;
  /// Deletes the subjects' keys and what is left of them, durably. After a refusal ("io") it must be asked again,
  /// because some may be gone and some not. A subject that is unknown, or forgotten already, is no mistake.
  virtual Result<bool> forget(const std::vector<std::string>& subjects) = 0;
  /// Drops these subjects' keys from memory, because another vault forgot them. Without a subject, those of everybody.
  virtual void let_go(const std::vector<std::string>& subjects) = 0;
  /// Makes durable all keys and references that were made since the last call. It is refused ("io") also when a key
  /// that was needed since then could not be read. Called before the journal's append, so that no event outlives its
  /// key and no reference is given twice.
  virtual Result<bool> flush() = 0;
  /// The erasable stand-in for a caller's number: the same number gives the same reference until it is forgotten.
  virtual CallerRef caller_ref(std::string_view number) = 0;
  /// The half of a recording's key pair (X25519) with which it can be written and not read: derived from the subject's
  /// key, so what forgets the subject makes its recordings unreadable for ever. Nothing when the subject has no key.
  virtual std::optional<RecordingKey> recording_key(std::string_view subject, RecordingId recording) = 0;
  /// Writes the other half to `secret` (memory of kRecordingKey_bytes that is locked), or yields false.
  virtual bool recording_secret(std::string_view subject, RecordingId recording, unsigned char* secret) = 0;
  /// The reference of a number, without making one: none when the number never got one, or was forgotten.
  virtual CallerRef known_caller(std::string_view number) = 0;
};

/// Argon2id, memory 19 MiB, 2 passes (OWASP); about 20 ms of CPU. Thread-safe.
class Passwords {
 public:
  virtual ~Passwords() = default;
  virtual std::string hash(std::string_view password) = 0;
  virtual bool verify(std::string_view encoded, std::string_view password) = 0;
};

/// Passwords that a guesser has a list of. Slow (files): never on the core's thread. Thread-safe.
class KnownPasswords {
 public:
  virtual ~KnownPasswords() = default;
  /// Why this password may not be used, for the field "password": "password_known" (of a dictionary, or too simple),
  /// "password_breached" (it was in a breach). Nothing when it may.
  virtual std::optional<Refusal> objection(std::string_view password, const std::string& login) = 0;
};

/// Randomness of the operating system. Thread-safe.
class Entropy {
 public:
  virtual ~Entropy() = default;
  virtual std::string hex(std::size_t bytes) = 0;
  virtual std::string token() = 0;  ///< 32 bytes, base64url without padding
};

}  // namespace sigap::ports
