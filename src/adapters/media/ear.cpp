#include "adapters/media/ear.h"

#include <boost/asio/buffer.hpp>

namespace sigap::media {

namespace asio = boost::asio;
using asio::ip::udp;

Ear::Ear(asio::io_context& io, const std::string& address, sdp::Codec codec, Told told)
    : socket_(io, udp::endpoint(asio::ip::make_address(address), 0)),
      address_(address),
      codec_(std::move(codec)),
      told_(std::move(told)) {}

std::string Ear::sdp() const {
  sdp::Voice voice;
  voice.address = address_;
  voice.port = socket_.local_endpoint().port();
  voice.codec = codec_;
  voice.direction = sdp::Direction::recvonly;
  return sdp::write(voice, {});
}

void Ear::receive() {
  socket_.async_receive(asio::buffer(buffer_),
                        [self = shared_from_this()](boost::system::error_code error, std::size_t size) {
                          if (error == asio::error::operation_aborted) return;
                          if (!error) self->packet(size);
                          self->receive();
                        });
}

void Ear::packet(std::size_t size) {
  // RFC 3550 section 5.1; rtpengine forwards what the caller sent, so contributing sources may stand before the sound.
  constexpr std::size_t kHeader_bytes = 12;
  if (size < kHeader_bytes || buffer_[0] >> 6 != 2 || (buffer_[1] & 0x7f) != codec_.payload) return;
  std::size_t at = kHeader_bytes + std::size_t{4} * (buffer_[0] & 0x0fU);
  if ((buffer_[0] & 0x10) != 0) {
    if (at + 4 > size) return;
    at += 4 + std::size_t{4} * ((std::size_t{buffer_[at + 2]} << 8) + buffer_[at + 3]);
  }
  const bool a_law = codec_.is("PCMA");
  for (; at < size; ++at)
    if (const auto key = reader_.hear(a_law ? from_a_law(buffer_[at]) : from_mu_law(buffer_[at]))) told_(*key);
}

void Ear::stop() {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

}  // namespace sigap::media
