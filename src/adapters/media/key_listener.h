// Hears which keys callers press: rtpengine says it with one UDP datagram of JSON a key, when the key is let go
// (--dtmf-log-dest; RFC 4733 events, whatever it is doing with the call meanwhile: waiting, talking, held).
// Invariants: only datagrams from the media's own host are read, and on this machine only those of the account that
// holds the control port (anybody here can send to ours); an operator's keys are not told. Lives on the io_context's
// thread.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <chrono>
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

  /// `media_host` is an address; on loopback only loopback is listened to, and only whoever holds `control_port` there
  /// is believed. Port 0: keys are not heard.
  KeyListener(boost::asio::io_context& io, std::uint16_t port, const std::string& media_host,
              std::uint16_t control_port, Told told);
  void close();
  /// The port could not be had: calls go on, keys are not heard.
  bool deaf() const { return deaf_; }

 private:
  void receive();
  bool of_media();

  boost::asio::ip::udp::socket socket_;
  boost::asio::ip::udp::endpoint sender_;
  boost::asio::ip::address media_host_;
  std::uint16_t control_port_;
  std::uint16_t believed_ = 0;  ///< the sender's port that was looked up, and was rtpengine's
  std::chrono::steady_clock::time_point believed_since_{}, looked_up_{};
  std::string buffer_;
  bool deaf_ = false;
  Told told_;
};

}  // namespace sigap::media
