// Reads an INVITE: what was dialled, who calls, from where, with which identifiers (RFC 3261, 3325, 5031, 6442, 6881).
#pragma once
#include <optional>

#include "ports/telephony.h"

struct sip_s;

namespace sigap::sip {

/// Nothing when the Request-URI is no service of ours (404). leg, trunk, sdp and invite are left to the caller.
std::optional<ports::IncomingCall> read_invite(const sip_s& invite);
/// The session description in the body, alone or as a part of multipart/mixed; empty when there is none.
std::string sdp_of(const sip_s& message);

}  // namespace sigap::sip
