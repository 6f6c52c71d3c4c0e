// The configuration of coturn as the relay for browsers whose network lets a voice go nowhere else. Made from the
// server's own configuration, so that the media's addresses and the secret stand in one place.
// Invariant: what it relays reaches the addresses of the media process and nothing else, and nothing that listens there
// believes a sender for being near. Sources: turnserver(1) of coturn 4.6.1, RFC 8656; docs/operating/relay.md.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "config/config.h"

namespace sigap::edge {

/// A complete turnserver.conf, with the secret in it. Refusal "invalid" with the key to blame in `field`: what would
/// relay nothing, or more than voices.
Result<std::string> coturn_configuration(const config::Config& config, std::string_view secret);

}  // namespace sigap::edge
