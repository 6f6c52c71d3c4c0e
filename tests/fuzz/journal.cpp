#include <string>

#include "base/check.h"
#include "codec/event_codec.h"
#include "targets.h"

namespace sigap::fuzz {
namespace {

/// Hides nothing: what is sealed is seen by the fuzzer, so that it gets at what is inside.
class Glass final : public codec::Sealer {
 public:
  std::string seal(std::string_view, std::string_view, std::string_view plain) override {
    return kMark + std::string(plain);
  }
  std::optional<std::string> open(std::string_view, std::string_view, std::string_view sealed) override {
    if (!sealed.starts_with(kMark)) return std::nullopt;
    return std::string(sealed.substr(kMark.size()));
  }

 private:
  const std::string kMark = "glass:";
};

}  // namespace

bool journal(std::string_view input) {
  Glass glass;
  codec::NoKeys none;
  const auto event = codec::read_event(input, glass);
  const auto unread = codec::read_event(input, none);
  SIGAP_CHECK(!event || unread);  // whatever is read with keys is read without
  if (!event) return false;
  const auto text = codec::write_event(*event, glass);
  const auto again = codec::read_event(text, glass);
  SIGAP_CHECK(again && codec::write_event(*again, glass) == text);
  SIGAP_CHECK(codec::event_name(again->body) == codec::event_name(event->body));
  return true;
}

}  // namespace sigap::fuzz
