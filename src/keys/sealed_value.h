// A value sealed with a key, and the key pair of a recording: what docs/formats/sealing.md and recording.md say, once,
// for the vault, which keeps the keys, and for whoever was given the keys of one call.
// Invariants: equal input gives equal output; a value cannot be moved to another subject or place.
// Source: XChaCha20-Poly1305, BLAKE2b, X25519 (libsodium).
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "keys/key.h"

namespace sigap::keys {

/// Nonce, cipher text and tag; `ad` is proved with it.
std::string encrypt(const Key& key, std::string_view ad, std::string_view plain);
/// Nothing when it was not sealed with this key and `ad`.
std::optional<std::string> decrypt(const Key& key, std::string_view ad, std::string_view text);
/// The same of a key that was sealed, straight into locked memory.
bool decrypt_key(Key& plain, const Key& key, std::string_view ad, std::string_view text);

/// As it stands in the journal: base64. `place` is the event and the path of its field.
std::string seal_value(const Key& key, std::string_view subject, std::string_view place, std::string_view plain);
/// Nothing when the key or the place is another.
std::optional<std::string> open_value(const Key& key, std::string_view subject, std::string_view place,
                                      std::string_view sealed);

/// Both halves of a recording's key pair, 32 bytes each, made of its call's key.
bool recording_pair(const Key& of_call, RecordingId recording, unsigned char* open, unsigned char* secret);

}  // namespace sigap::keys
