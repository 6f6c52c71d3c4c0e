// By which transport SIP comes and goes.
#pragma once

struct sip_s;

namespace sigap::sip {

enum class Transport { udp, tcp, tls };

/// "udp", "tcp", "tls".
const char* name_of(Transport transport);
/// What it adds to a URI: nothing for UDP (RFC 3261 19.1.1).
const char* parameter_of(Transport transport);
/// Of the topmost Via: how the message came.
Transport transport_of(const sip_s& message);

}  // namespace sigap::sip
