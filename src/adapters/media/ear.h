// Listens to one caller's sound for keys: for trunks that offer no telephone-event (RFC 4733), where a key is only two
// tones. rtpengine 10.5 does not read them; it sends us a copy of the caller's sound (a subscription), whatever else it
// does with the call. Lives on the io_context's thread.
#pragma once
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <functional>
#include <memory>
#include <string>

#include "adapters/media/tone_reader.h"
#include "sdp/voice.h"

namespace sigap::media {

class Ear : public std::enable_shared_from_this<Ear> {
 public:
  using Told = std::function<void(char)>;

  /// On any free port of the address; `codec` is one of G.711. Throws boost::system::system_error when there is none.
  Ear(boost::asio::io_context& io, const std::string& address, sdp::Codec codec, Told told);
  void start() { receive(); }
  void stop();
  /// Takes the caller's sound and says nothing (RFC 3264 section 5).
  std::string sdp() const;

 private:
  void receive();
  void packet(std::size_t size);

  boost::asio::ip::udp::socket socket_;
  std::string address_;
  sdp::Codec codec_;
  ToneReader reader_;
  Told told_;
  std::array<unsigned char, 2048> buffer_{};
};

}  // namespace sigap::media
