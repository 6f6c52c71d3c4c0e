#include <string>

#include "adapters/media/ng_message.h"
#include "base/check.h"
#include "targets.h"

namespace sigap::fuzz {

bool ng(std::string_view input) {
  const auto message = media::read_ng(input);
  if (!message) return false;
  const auto text = media::write_ng(*message);
  const auto again = media::read_ng(text);
  if (!again) return true;  // Boost writes what is beyond every double as 1e99999, and does not read it
  SIGAP_CHECK(again->cookie == message->cookie);
  // The last digits of a number with a fraction or beyond 64 bits are Boost's own, and we use none.
  SIGAP_CHECK(again->body.size() == message->body.size());
  for (const auto& item : message->body) SIGAP_CHECK(again->body.contains(item.key()));
  return true;
}

}  // namespace sigap::fuzz
