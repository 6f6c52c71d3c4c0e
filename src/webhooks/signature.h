// Signatures of messages between us and programs of somebody else's: HMAC-SHA256 over who, when and what, by a key that
// both hold. Source: Standard Webhooks 1.0.0 (standardwebhooks.com, "Signature scheme": webhook-id, webhook-timestamp,
// webhook-signature, keys as whsec_ and base64); RFC 2104.
// Invariant: two signatures are compared in a time that does not depend on where they differ.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace sigap::webhooks {

/// "v1," and the signature as base64; empty when `key` is no key.
std::string sign(std::string_view key, std::string_view id, std::int64_t timestamp_s, std::string_view content);
/// Whether one of the signatures of the header, which are separated by spaces, is by this key.
bool signed_by(std::string_view key, std::string_view id, std::int64_t timestamp_s, std::string_view content,
               std::string_view header);

/// What is signed of a request to us: method and path belong to it, so that what was said of one thing cannot be said
/// again of another.
std::string request_content(std::string_view method, std::string_view path, std::string_view body);

/// How far the clock of whoever signs may be off, and how long a message stays good: as Standard Webhooks advises.
inline constexpr std::int64_t kTolerance_s = 300;

}  // namespace sigap::webhooks
