// rtpengine's side of the NG protocol for tests: a plain socket that does as it is told.
#pragma once
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <string>
#include <utility>
#include <vector>

namespace sigap::media {

/// Answers, or keeps silent, as the test says; remembers every datagram.
class Peer {
 public:
  explicit Peer(boost::asio::io_context& io)
      : socket_(io, boost::asio::ip::udp::endpoint(boost::asio::ip::address_v4::loopback(), 0)) {
    receive();
  }
  std::uint16_t port() const { return socket_.local_endpoint().port(); }
  std::vector<std::string> heard;
  int silent_for = 0;  ///< datagrams that get no answer
  std::string body = R"({"result":"pong"})";
  int copies = 1;
  std::string hold;  ///< a datagram that holds this is answered only by release()

  void release() {
    for (const auto& cookie : std::exchange(held_, {})) reply(cookie);
  }

 private:
  void receive() {
    socket_.async_receive_from(boost::asio::buffer(buffer_), from_,
                               [this](boost::system::error_code error, std::size_t n) {
                                 if (error) return;
                                 heard.emplace_back(buffer_.data(), n);
                                 const auto cookie = heard.back().substr(0, heard.back().find(' '));
                                 if (!hold.empty() && heard.back().find(hold) != std::string::npos)
                                   held_.push_back(cookie);
                                 else if (silent_for-- <= 0)
                                   for (int i = 0; i < copies; ++i) reply(cookie);
                                 receive();
                               });
  }
  void reply(const std::string& cookie) { socket_.send_to(boost::asio::buffer(cookie + " " + body), from_); }

  boost::asio::ip::udp::socket socket_;
  std::vector<std::string> held_;
  boost::asio::ip::udp::endpoint from_;
  std::array<char, 70'000> buffer_{};
};

}  // namespace sigap::media
