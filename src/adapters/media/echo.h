// The far end of a test call: returns every RTP packet to where it came from (RFC 6881: the caller hears themselves).
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <memory>
#include <string>

namespace sigap::media {

class Echo : public std::enable_shared_from_this<Echo> {
 public:
  /// On any free port of the address. Throws boost::system::system_error when there is none.
  Echo(boost::asio::io_context& io, const std::string& address);
  void start() { receive(); }
  void stop();
  std::uint16_t port() const { return socket_.local_endpoint().port(); }

 private:
  void receive();

  boost::asio::ip::udp::socket socket_;
  boost::asio::ip::udp::endpoint from_;
  std::array<char, 2048> buffer_{};
};

}  // namespace sigap::media
