// What the media process holds: every call's name, then a question for each, a few at a time. Its list is one datagram:
// of many calls it names only some, so those that are known here are asked for by their own names.
// Lives on the io_context's thread.
#pragma once
#include <functional>
#include <vector>

#include "adapters/media/ng_client.h"
#include "ports/media.h"

namespace sigap::media {

using ListDone = std::function<void(Result<std::vector<ports::LegMedia>>)>;

/// When the caller last sent RTP, of rtpengine's reply to `query`; 0 when nothing came yet.
Instant last_packet_in(const boost::json::object& reply);
/// More names than these do not fit into a reply: rtpengine would say nothing at all.
inline constexpr std::size_t kNamesMax = 1000;

/// A call that ends between the two questions is left out. Beyond kNamesMax calls those named in `known` are found, and
/// of any others only some.
void list_legs(NgClient& ng, std::vector<LegId> known, ListDone done);

}  // namespace sigap::media
