#include "drill/far_end.h"

#include <boost/json/array.hpp>

#include "sdp/voice.h"

namespace sigap::drill {
namespace {

namespace json = boost::json;

std::string sdp_in(const json::object& reply) {
  const auto* sdp = reply.if_contains("sdp");
  return sdp && sdp->is_string() ? std::string(sdp->as_string()) : std::string();
}

}  // namespace

FarEnd::FarEnd(boost::asio::io_context& io, media::ProcessConfig config)
    : ng_(io, config.ng_port), process_(io, ng_, std::move(config)) {}

void FarEnd::answer(const std::string& name, const std::string& offer_sdp, const Endpoint& listens, Answered done) {
  ng_.ask({{"command", "offer"},
           {"call-id", name},
           {"from-tag", "server"},
           {"to-tag", "operator"},
           {"sdp", offer_sdp},
           {"transport-protocol", "RTP/AVP"},
           {"ICE", "remove"},
           {"rtcp-mux", json::array{"demux", "accept"}}},
          [this, name, listens, done = std::move(done)](Result<json::object> offered) {
            if (!offered) return done(tl::unexpected(offered.error()), {});
            sdp::Voice here;
            here.address = listens.address().to_string();
            here.port = listens.port();
            const auto there = audio_at(sdp_in(*offered)).value_or(Endpoint{});
            ng_.ask({{"command", "answer"},
                     {"call-id", name},
                     {"from-tag", "server"},
                     {"to-tag", "operator"},
                     {"sdp", sdp::write(here, {})}},
                    [there, done](Result<json::object> answered) {
                      if (!answered) return done(tl::unexpected(answered.error()), {});
                      done(sdp_in(*answered), there);
                    });
          });
}

void FarEnd::hang_up(const std::string& name) {
  ng_.ask({{"command", "delete"}, {"call-id", name}}, [](const auto&) {});
}

}  // namespace sigap::drill
