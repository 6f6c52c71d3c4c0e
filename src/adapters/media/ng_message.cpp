#include "adapters/media/ng_message.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace sigap::media {

std::string write_ng(const NgMessage& message) {
  return message.cookie + " " + boost::json::serialize(message.body);
}

std::string sdp_in(const boost::json::object& reply) {
  const auto* sdp = reply.if_contains("sdp");
  return sdp && sdp->is_string() ? std::string(sdp->as_string()) : std::string();
}

std::optional<NgMessage> read_ng(std::string_view datagram) {
  const auto space = datagram.find(' ');
  if (space == std::string_view::npos || space == 0) return std::nullopt;
  boost::json::error_code error;
  auto body = boost::json::parse(datagram.substr(space + 1), error);
  if (error || !body.is_object()) return std::nullopt;
  return NgMessage{std::string(datagram.substr(0, space)), std::move(body.as_object())};
}

}  // namespace sigap::media
