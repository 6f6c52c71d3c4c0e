// A party's voice in a drill: sends a tone, a packet each 20 ms, and measures what it hears. Arrivals are stamped by
// the kernel, so that a busy drill does not look like a silent line. Source: RFC 3550; G.711 A-law.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <optional>
#include <string>

namespace sigap::drill {

class RtpStream {
 public:
  /// On any free port of this address of ours. Throws boost::system::system_error when there is none.
  RtpStream(boost::asio::io_context& io, const boost::asio::ip::address& from);
  boost::asio::ip::udp::endpoint at() const { return socket_.local_endpoint(); }
  void send_to(const boost::asio::ip::udp::endpoint& there) { to_ = there; }
  void mute() { to_.reset(); }
  /// One packet, when there is somebody to send to. Call each 20 ms.
  void tick();

  std::int64_t packets() const { return packets_; }
  /// What was heard last, as it came (A-law, 8 kHz): half a second at most, from clear() on.
  const std::string& heard() const { return heard_; }
  void clear() { heard_.clear(); }
  /// Counts gaps from here on.
  void mark() {
    longest_gap_ns_ = 0;
    marked_ns_ = last_ns_;
  }
  /// The longest time between two packets since mark(), the time since the last one included.
  double longest_gap_ms() const;
  /// How long after mark() it began.
  double longest_gap_began_s() const;
  double silent_ms() const;

 private:
  void listen();
  void take();

  boost::asio::ip::udp::socket socket_;
  std::optional<boost::asio::ip::udp::endpoint> to_;
  std::uint16_t sequence_ = 0;
  std::int64_t packets_ = 0;
  std::string heard_;
  std::int64_t last_ns_ = 0;
  std::int64_t longest_gap_ns_ = 0, longest_began_ns_ = 0, marked_ns_ = 0;
};

}  // namespace sigap::drill
