// What the media process holds: every call's name, then a question for each, a few at a time.
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
/// A call that ends between the two questions is left out.
void list_legs(NgClient& ng, ListDone done);

}  // namespace sigap::media
