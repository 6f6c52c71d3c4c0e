#include <string>

#include "base/characters.h"
#include "base/check.h"
#include "sdp/voice.h"
#include "targets.h"

namespace sigap::fuzz {
namespace {

bool same(const sigap::sdp::Codec& a, const sigap::sdp::Codec& b) {
  return a.payload == b.payload && a.is(b.name) && a.rate == b.rate;
}

/// The line that was chosen, written alone, is read as what was chosen.
void written_and_read(const sigap::sdp::Voice& voice, const std::string& text, bool v6) {
  const auto again = sigap::sdp::read(text, v6);
  SIGAP_CHECK(again);
  SIGAP_CHECK(again->profile == voice.profile && again->address == voice.address && again->port == voice.port);
  SIGAP_CHECK(same(again->codec, voice.codec));
  SIGAP_CHECK(again->direction == voice.direction && again->keys == voice.keys);
}

}  // namespace

bool sdp(std::string_view input) {
  constexpr std::size_t kKeysMax = 16;
  (void)sigap::sdp::port_of(input);
  bool accepted = false;
  for (const bool v6 : {false, true}) {
    const auto voice = sigap::sdp::read(input, v6);
    if (!voice) continue;
    accepted = true;
    SIGAP_CHECK(voice->port != 0 && voice->keys.size() <= kKeysMax);
    SIGAP_CHECK(!voice->address.empty() && (v6 || !voice->v6()));
    written_and_read(*voice, sigap::sdp::write(*voice, {}), v6);
    const auto answer = sigap::sdp::write_answer(input, *voice, {});
    written_and_read(*voice, answer, v6);
    SIGAP_CHECK(utf8_only(answer) == answer);
    SIGAP_CHECK(sigap::sdp::read(answer, v6)->line == voice->line);
    for (const auto direction : {sigap::sdp::Direction::sendonly, sigap::sdp::Direction::inactive}) {
      auto held = *voice;
      held.direction = direction;
      written_and_read(held, sigap::sdp::with_direction(sigap::sdp::write(*voice, {}), direction), v6);
    }
  }
  return accepted;
}

}  // namespace sigap::fuzz
