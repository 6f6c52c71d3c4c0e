// Hears which keys callers press: rtpengine says it with one UDP datagram of JSON a key, when the key is let go
// (--dtmf-log-dest; RFC 4733 events, whatever it is doing with the call meanwhile: waiting, talking, held).
// Invariants: only datagrams from the media's own host are read; an operator's keys are not told. Lives on the
// io_context's thread.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"

namespace sigap::media {

struct PressedKey {
  LegId leg;
  std::string digit;  ///< 0-9, *, #, A-D
};

/// Of a datagram; nothing when it is not about a caller's key.
std::optional<PressedKey> read_key(std::string_view datagram);

class KeyListener {
 public:
  using Told = std::function<void(PressedKey)>;

  /// `media_host` is an address; on loopback only loopback is listened to. Port 0: keys are not heard.
  KeyListener(boost::asio::io_context& io, std::uint16_t port, const std::string& media_host, Told told);
  void close();
  /// The port could not be had: calls go on, keys are not heard.
  bool deaf() const { return deaf_; }

 private:
  void receive();

  boost::asio::ip::udp::socket socket_;
  boost::asio::ip::udp::endpoint sender_;
  boost::asio::ip::address media_host_;
  std::string buffer_;
  bool deaf_ = false;
  Told told_;
};

}  // namespace sigap::media
