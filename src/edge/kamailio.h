// The configuration of Kamailio as the edge in front of the server: UDP, TCP and TLS outside, UDP to the server inside.
// Made from the server's own configuration, so that trunks and limits stand in one place. The same configuration gives
// the same text. Sources: Kamailio 5.6 core cookbook and the readme of each module that is loaded;
// docs/adr/0008-edge.md.
#pragma once
#include <string>

#include "base/result.h"
#include "config/config.h"

namespace sigap::edge {

/// A complete kamailio.cfg. Refusal "invalid" with the key to blame in `field`: what would let nobody in, let anybody
/// in, or not be believed by the server.
Result<std::string> kamailio_configuration(const config::Config& config);

}  // namespace sigap::edge
