// Whom the caller dialled: which numbers and services are ours to answer. A trunk's list may be its own
// (sigap.toml, [[trunk]] dialled); a network writes the same number in several ways, and all of them count.
// Sources: RFC 5031 (service URNs: an unknown sub-service is its parent), RFC 6881 (test calls), NENA-STA-010.3
// (urn:nena:service, urn:emergency:service), RFC 3966.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ports/telephony.h"

namespace sigap::sip {

/// The emergency number of the police and every emergency service: a fire that is told to us is told to a person, who
/// can bring the right service into the call.
inline const std::vector<std::string> kUsuallyOurs{"110", "urn:service:sos", "urn:service:responder"};

/// `dialled`: a service URN, or the user part of a URI without its parameters. `ours`: short codes, which also count
/// behind country and area code (021110, +62110); telephone numbers in any form; prefixes, which end in `*`; service
/// URNs with all below them, whatever their namespace; names. Nothing when it is not ours.
std::optional<ports::Service> service_dialled(std::string_view dialled, const std::vector<std::string>& ours);

}  // namespace sigap::sip
