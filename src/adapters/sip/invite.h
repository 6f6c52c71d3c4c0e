// Reads an INVITE: what was dialled, who calls, from where, with which identifiers (RFC 3261, 3325, 5031, 6442, 6881).
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/sip/trunk_list.h"
#include "ports/telephony.h"

struct msg_s;
struct sip_s;

namespace sigap::sip {

/// Turned away (404) when the Request-URI is no service of ours. leg, trunk, sdp and invite are left to whoever asks.
ports::IncomingCall read_invite(const sip_s& invite, const Reading& reading);
/// What the headers say of whose request this is; to be believed only from an edge (TrunkList::find).
std::vector<std::string_view> trunks_named(const sip_s& request);
/// The session description in the body, alone or as a part of a multipart; empty when there is none.
std::string sdp_of(const sip_s& message);

/// Where requests within the dialog go: the Contact; empty without one.
std::string target_of(const sip_s& message);
/// As it came over the wire.
std::string message_text(msg_s* message);

}  // namespace sigap::sip
