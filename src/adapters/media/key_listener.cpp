#include "adapters/media/key_listener.h"

#include <boost/asio/buffer.hpp>
#include <boost/json/parse.hpp>

#include "process/udp_owner.h"

namespace sigap::media {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using asio::ip::udp;

/// A sender is looked up so often at most: thousands of sockets are a table of a megabyte. Rtpengine says all keys from
/// one socket, so that a flood of others costs its keys no time. Own.
constexpr std::chrono::milliseconds kLookUpEvery{50};
constexpr std::chrono::seconds kBelievedFor{10};

constexpr std::size_t kKeyDatagramMax_bytes = 4'096;  // a call has a handful of tags of 20 bytes

std::string_view text_in(const json::object& body, const char* key) {
  const auto* found = body.if_contains(key);
  return found && found->is_string() ? std::string_view(found->get_string()) : std::string_view{};
}

}  // namespace

std::optional<PressedKey> read_key(std::string_view datagram) {
  constexpr std::string_view kKeys = "0123456789*#ABCD";  // RFC 4733, table 3
  json::error_code wrong;
  const auto value = json::parse(datagram, wrong);
  if (wrong || !value.is_object()) return std::nullopt;
  const auto& body = value.get_object();
  if (text_in(body, "type") != "DTMF" || text_in(body, "source_tag") != "caller") return std::nullopt;
  const auto* event = body.if_contains("event");
  const auto leg = text_in(body, "callid");
  if (leg.empty() || !event || !event->is_int64()) return std::nullopt;
  const auto key = event->get_int64();
  if (key < 0 || key >= static_cast<std::int64_t>(kKeys.size())) return std::nullopt;  // a flash, a modem
  return PressedKey{{std::string(leg)}, std::string(1, kKeys[static_cast<std::size_t>(key)])};
}

KeyListener::KeyListener(asio::io_context& io, std::uint16_t port, const std::string& media_host,
                         std::uint16_t control_port, Told told)
    : socket_(io),
      media_host_(asio::ip::make_address(media_host)),
      control_port_(control_port),
      told_(std::move(told)) {
  if (port == 0) return;
  const bool near = media_host_.is_loopback();
  const asio::ip::address here =
      near ? media_host_
           : (media_host_.is_v4() ? asio::ip::address(asio::ip::address_v4::any()) : asio::ip::address_v6::any());
  boost::system::error_code error;
  socket_.open(media_host_.is_v4() ? udp::v4() : udp::v6(), error);
  if (!error) socket_.bind({here, port}, error);
  deaf_ = error.failed();
  if (!deaf_) receive();
}

bool KeyListener::of_media() {
  if (sender_.address() != media_host_) return false;
  if (!media_host_.is_loopback()) return true;  // a network of its own is the operator's matter
  const auto now = std::chrono::steady_clock::now();
  if (sender_.port() == believed_ && now - believed_since_ < kBelievedFor) return true;
  if (sender_.port() != believed_ && now - looked_up_ < kLookUpEvery) return false;
  looked_up_ = now;
  const auto host = media_host_.to_string();
  const auto owner = process::owner_of_udp(host, sender_.port());
  const bool known = owner && owner == process::owner_of_udp(host, control_port_);
  if (known) {
    believed_ = sender_.port();
    believed_since_ = now;
  } else if (sender_.port() == believed_) {
    believed_ = 0;  // that socket is closed, and the port somebody else's
  }
  return known;
}

void KeyListener::close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

void KeyListener::receive() {
  buffer_.resize(kKeyDatagramMax_bytes);
  socket_.async_receive_from(asio::buffer(buffer_), sender_, [this](boost::system::error_code error, std::size_t size) {
    if (error == asio::error::operation_aborted) return;
    if (!error && of_media())
      if (auto key = read_key(std::string_view(buffer_).substr(0, size))) told_(std::move(*key));
    receive();
  });
}

}  // namespace sigap::media
