#include "adapters/sip/sdp_offer.h"

#include <sofia-sip/sdp.h>
#include <strings.h>

namespace sigap::sip {
namespace {

bool carries(const sdp_rtpmap_t& map) {
  if (map.rm_rate != 8000) return false;
  return map.rm_encoding && (strcasecmp(map.rm_encoding, "PCMA") == 0 || strcasecmp(map.rm_encoding, "PCMU") == 0);
}

}  // namespace

SdpOffer judge_offer(std::string_view sdp) {
  if (sdp.empty()) return SdpOffer::unreadable;
  sdp_parser_t* parser = sdp_parse(nullptr, sdp.data(), static_cast<issize_t>(sdp.size()), 0);
  auto verdict = SdpOffer::unreadable;
  if (const auto* session = sdp_session(parser)) {
    verdict = SdpOffer::no_codec;
    for (const auto* media = session->sdp_media; media; media = media->m_next) {
      if (media->m_type != sdp_media_audio || media->m_port == 0) continue;
      for (const auto* map = media->m_rtpmaps; map; map = map->rm_next)
        if (carries(*map)) verdict = SdpOffer::usable;
    }
  }
  sdp_parser_free(parser);
  return verdict;
}

}  // namespace sigap::sip
