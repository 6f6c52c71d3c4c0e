// The operators' half of the voices in a drill: a second rtpengine that speaks what a browser speaks (ICE, DTLS-SRTP)
// to the server's, and plain RTP to us. So a drill needs nothing that an installation has not got.
#pragma once
#include <boost/asio/io_context.hpp>
#include <functional>
#include <string>

#include "adapters/media/rtpengine_process.h"
#include "drill/path.h"

namespace sigap::drill {

class FarEnd {
 public:
  FarEnd(boost::asio::io_context& io, media::ProcessConfig config);
  void start() { process_.watch(); }
  bool up() const { return process_.health().up; }

  /// Answers the server's offer for a voice that listens on `listens` (plain RTP). Yields the answer and where to send.
  using Endpoint = boost::asio::ip::udp::endpoint;
  using Answered = std::function<void(Result<std::string> sdp, Endpoint send_to)>;
  void answer(const std::string& name, const std::string& offer_sdp, const Endpoint& listens, Answered done);
  void hang_up(const std::string& name);

 private:
  media::NgClient ng_;
  media::RtpengineProcess process_;
};

}  // namespace sigap::drill
