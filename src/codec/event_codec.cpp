#include "codec/event_codec.h"

#include "codec/json.h"
#include "codec/tables.h"

namespace sigap::codec {
namespace {

/// What a sealed field is bound to besides its path: its event, by the id that is written beside it.
std::string_view place_of(const core::Event& event) {
  return event.id;
}

/// The id stands first in the text, before anything sealed.
std::string_view id_in(std::string_view text) {
  constexpr std::string_view kStart = "{\"id\":\"";
  if (!text.starts_with(kStart)) return {};
  const auto end = text.find('"', kStart.size());
  return end == std::string_view::npos ? std::string_view{} : text.substr(kStart.size(), end - kStart.size());
}

}  // namespace

std::string write_event(const core::Event& event, Sealer& sealer) {
  return write_json(type_of<core::Event>(), &event, &sealer, place_of(event));
}

Result<core::Event> read_event(std::string_view text, Sealer& sealer) {
  core::Event event;
  if (auto read = read_json(type_of<core::Event>(), &event, text, &sealer, id_in(text)); !read)
    return tl::unexpected(read.error());
  if (const auto* begun = std::get_if<core::EpochBegan>(&event.body); begun && begun->format > core::kFormat)
    return refuse("format", "the journal is of format " + std::to_string(begun->format) + " since position " +
                                std::to_string(event.seq) + " (written by version " + begun->version +
                                "); this program reads up to format " + std::to_string(core::kFormat));
  return event;
}

const std::string& event_name(const core::EventBody& body) {
  return type_of<core::EventBody>().alternatives[body.index()]().name;
}

}  // namespace sigap::codec
