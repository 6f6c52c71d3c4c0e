#include "sigap/drill/far_end.h"

#include <boost/json/array.hpp>

#include "adapters/media/caller_sdp.h"

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

void FarEnd::answer(const std::string& name, const std::string& offer_sdp, std::uint16_t listens, Answered done) {
  ng_.ask({{"command", "offer"},
           {"call-id", name},
           {"from-tag", "server"},
           {"to-tag", "operator"},
           {"sdp", offer_sdp},
           {"transport-protocol", "RTP/AVP"},
           {"ICE", "remove"},
           {"rtcp-mux", json::array{"demux", "accept"}}},
          [this, name, listens, done](Result<json::object> offered) {
            if (!offered) return done(tl::unexpected(offered.error()), 0);
            const auto port = media::audio_port(sdp_in(*offered)).value_or(std::uint16_t{0});
            ng_.ask({{"command", "answer"},
                     {"call-id", name},
                     {"from-tag", "server"},
                     {"to-tag", "operator"},
                     {"sdp", media::write_answer({}, "127.0.0.1", listens, 1)}},
                    [port, done](Result<json::object> answered) {
                      if (!answered) return done(tl::unexpected(answered.error()), 0);
                      done(sdp_in(*answered), port);
                    });
          });
}

void FarEnd::hang_up(const std::string& name) {
  ng_.ask({{"command", "delete"}, {"call-id", name}}, [](const auto&) {});
}

}  // namespace sigap::drill
