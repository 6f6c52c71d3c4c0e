// Reads an INVITE: what was dialled, who calls, from where, with which identifiers (RFC 3261, 3325, 5031, 6442, 6881).
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/sip/trunk_list.h"
#include "ports/telephony.h"

struct sip_s;

namespace sigap::sip {

/// Turned away (404) when the Request-URI is no service of ours. leg, trunk, sdp and invite are left to whoever asks.
ports::IncomingCall read_invite(const sip_s& invite, const Reading& reading);
/// What the headers say of whose request this is; to be believed only from an edge (TrunkList::find).
std::vector<std::string_view> trunks_named(const sip_s& request);
/// What an edge refused it with, for the journal to say; to be believed only from an edge. Nothing: it did not.
std::optional<ports::TurnedAway> refused_by_edge(const sip_s& request);
/// The session description in the body, alone or as a part of a multipart; empty when there is none.
std::string sdp_of(const sip_s& message);

/// Where requests within the dialog go: the Contact; empty without one.
std::string target_of(const sip_s& message);
/// Of what began a dialog, an INVITE or the 200 to ours, what a restart needs and nothing else, as a message: who and
/// where they are, the ways back, what they describe. Empty: it cannot be written.
std::string kept_of(const sip_s& message, const std::string& sdp);
/// In it stands for a byte that is of no character: what neither ends nor parts anything in a URI or a header.
inline constexpr char kNoText = '_';
/// The journal keeps no more of one message. Ten proxies on the way and a description of three lines are 4 KB; own.
inline constexpr std::size_t kKeptMax_bytes = 16 * 1024;

}  // namespace sigap::sip
