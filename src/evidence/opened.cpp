#include "evidence/opened.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/rfc3339.h"
#include "codec/event_codec.h"
#include "codec/shown_sealer.h"
#include "keys/sealed_value.h"

namespace sigap::evidence {
namespace {

namespace json = boost::json;

/// Opens with the keys of an archive, and nothing else.
class WithKeys final : public codec::Sealer {
 public:
  explicit WithKeys(const Subjects& keys) : keys_(keys) {}
  std::string seal(std::string_view, std::string_view, std::string_view) override { return {}; }
  std::optional<std::string> open(std::string_view subject, std::string_view place, std::string_view sealed) override {
    const auto key = keys_.find(subject);
    return key == keys_.end() ? std::nullopt : keys::open_value(key->second, subject, place, sealed);
  }

 private:
  const Subjects& keys_;
};

/// What machines told each other to have a voice there says nothing to people.
constexpr std::string_view kLeftOut[] = {"type",     "sdp",   "offered",     "signalling", "token_hash", "leg",
                                         "page_leg", "offer", "foreign_ids", "desk",       "desk_leg",   "whisper_leg"};

void tell(std::string& text, const std::string& name, const json::value& value) {
  if (value.is_null()) return;
  if (const auto* o = value.if_object()) {
    if (o->contains("subject")) {                    // a personal value
      const auto* plain = o->if_contains("sealed");  // opened, it is JSON
      text += "  " + name + "=" + (plain ? std::string(plain->as_string()) : "(not opened)");
      return;
    }
    for (const auto& [inner, one] : *o) tell(text, name + "." + std::string(inner), one);
    return;
  }
  text += "  " + name + "=" + json::serialize(value);
}

std::string sentence(const Line& line, const core::Event& event, const std::string& opened) {
  std::string text =
      write_rfc3339(event.at) + "  " + std::to_string(line.position) + "  " + codec::event_name(event.body);
  if (event.actor && event.actor->person) text += "  (person " + std::to_string(event.actor->person.value) + ")";
  const auto parsed = json::parse(opened);
  for (const auto& [name, value] : parsed.as_object().at("body").as_object())
    if (std::ranges::find(kLeftOut, std::string_view(name)) == std::end(kLeftOut)) tell(text, name, value);
  return text + "\n";
}

}  // namespace

Result<Opened> open_lines(const std::vector<Line>& lines, const Subjects& keys) {
  Opened all;
  WithKeys sealer(keys);
  codec::ShownSealer shown;
  for (const auto& line : lines) {
    auto event = codec::read_event(line.body, sealer);
    if (!event)
      return refuse("invalid", "position " + std::to_string(line.position) + ": " + event.error().message, kLines);
    const auto text = codec::write_event(*event, shown);
    all.json += text + "\n";
    all.timeline += sentence(line, *event, text);
    all.events.push_back(std::move(*event));
  }
  return all;
}

}  // namespace sigap::evidence
