#include "adapters/web/sound_reply.h"

#include <algorithm>
#include <charconv>

#include "adapters/web/router.h"

namespace sigap::web {

using What = ports::SoundAnswer::What;

void read_range(std::string_view range, ports::SoundAsked& asked) {
  constexpr std::string_view kUnit = "bytes=";
  if (!range.starts_with(kUnit)) return;
  range.remove_prefix(kUnit.size());
  std::uint64_t first = 0, last = kWhole;
  const auto* const end = range.data() + range.size();
  const auto [dash, wrong] = std::from_chars(range.data(), end, first);
  if (wrong != std::errc{} || dash == end || *dash != '-') return;
  if (dash + 1 != end) {
    const auto [stop, odd] = std::from_chars(dash + 1, end, last);
    if (odd != std::errc{} || stop != end || last < first) return;
  }
  asked.first = first;
  asked.last = std::min(last, kWhole);
}

HttpReply sound_reply(const ports::SoundAsked& asked, ports::SoundAnswer answer) {
  switch (answer.what) {
    case What::unknown:
      return refusal(404, "not_found");
    case What::busy:
      return refusal(503, "busy");
    case What::unreadable:
      return refusal(410, "unreadable");
    case What::unsatisfiable: {
      auto reply = refusal(416, "range");
      reply.headers.emplace_back("Content-Range", "bytes */" + std::to_string(answer.whole));
      return reply;
    }
    case What::given:
      break;
  }
  HttpReply reply;
  reply.headers = {{"Content-Type", asked.picture ? "application/json" : "audio/wav"}, {"Cache-Control", "no-store"}};
  if (!asked.picture) reply.headers.emplace_back("Accept-Ranges", "bytes");
  if (!asked.picture && answer.bytes.size() != answer.whole) {
    reply.status = 206;
    reply.headers.emplace_back("Content-Range", "bytes " + std::to_string(asked.first) + "-" +
                                                    std::to_string(asked.first + answer.bytes.size() - 1) + "/" +
                                                    std::to_string(answer.whole));
  }
  reply.body = std::make_shared<const std::string>(std::move(answer.bytes));
  return reply;
}

}  // namespace sigap::web
