#include <string>
#include <vector>

#include "adapters/sip/body_parts.h"
#include "adapters/sip/caller_place.h"
#include "base/check.h"
#include "targets.h"

namespace sigap::fuzz {

bool sip_body(std::string_view input) {
  constexpr std::size_t kPartsMax = 32, kCivicMax_bytes = 200;
  const auto end = input.find('\n');
  const auto type = input.substr(0, end);
  const auto body = end == std::string_view::npos ? std::string_view() : input.substr(end + 1);
  const auto parts = sip::body_parts(type, body);
  SIGAP_CHECK(parts.size() <= kPartsMax);
  std::size_t all = 0;
  for (const auto& part : parts) all += part.text.size();
  SIGAP_CHECK(all <= body.size());  // nothing unpacks to more than what was sent
  const auto place = sip::read_place({type}, parts);
  SIGAP_CHECK(place.civic.size() <= kCivicMax_bytes);
  return place.location || !place.civic.empty();
}

}  // namespace sigap::fuzz
