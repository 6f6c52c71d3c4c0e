#include <string>

#include "base/characters.h"
#include "base/check.h"
#include "sdp/browser.h"
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

/// What a browser says is written anew: without an address, in few characters, and is the same again.
bool of_browser(std::string_view input) {
  (void)sigap::sdp::is_browser(input);
  (void)sigap::sdp::ice_user_of(input);
  const auto voice = sigap::sdp::read_browser(input);
  if (!voice) return false;
  const auto text = sigap::sdp::write(*voice);
  SIGAP_CHECK(utf8_only(text) == text && text.size() < 2'000);
  const auto again = sigap::sdp::read_browser(text);
  SIGAP_CHECK(again && sigap::sdp::write(*again) == text && sigap::sdp::is_browser(text));
  return true;
}

}  // namespace

bool sdp(std::string_view input) {
  constexpr std::size_t kKeysMax = 16;
  (void)sigap::sdp::port_of(input);
  bool accepted = of_browser(input);
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
