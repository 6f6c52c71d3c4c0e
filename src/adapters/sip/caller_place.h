// Where the caller is, as a message says it: by its Geolocation headers, which point into its body, and by a location
// document in the body that no header points at (a core on the way may have dropped the header; the place is there all
// the same). What lies elsewhere is not fetched.
// Sources: RFC 6442 (Geolocation: values in any order and number), RFC 2392 (cid URLs), RFC 5491.
#pragma once
#include <string_view>
#include <vector>

#include "adapters/sip/body_parts.h"
#include "ports/telephony.h"

struct sip_s;

namespace sigap::sip {

/// `geolocation`: the value of each such header.
ports::CallerPlace read_place(const std::vector<std::string_view>& geolocation, const std::vector<BodyPart>& body);
/// Of any request.
ports::CallerPlace read_place(const sip_s& message);

/// The parts of a message's body.
std::vector<BodyPart> parts_of(const sip_s& message);

}  // namespace sigap::sip
