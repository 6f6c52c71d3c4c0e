// rtpengine's NG control protocol: `cookie SP json`, request and reply alike. A repeated cookie is answered again and
// not carried out again. Source: rtpengine documentation, "The ng control protocol".
#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace sigap::media {

struct NgMessage {
  std::string cookie;
  boost::json::object body;
};

std::string write_ng(const NgMessage& message);
/// Nothing for what is not such a message.
std::optional<NgMessage> read_ng(std::string_view datagram);
/// The description that a reply brings; empty when there is none.
std::string sdp_in(const boost::json::object& reply);

}  // namespace sigap::media
