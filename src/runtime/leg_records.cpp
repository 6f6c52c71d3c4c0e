#include "runtime/leg_records.h"

#include "codec/event_codec.h"

namespace sigap::runtime {

Result<std::vector<ports::LegRecord>> leg_records(const core::State& state, ports::Journal& journal,
                                                  codec::Sealer& sealer) {
  std::vector<ports::LegRecord> records;
  records.reserve(state.calls.legs.size());
  for (const auto& [id, leg] : state.calls.legs) {
    if (leg.invite_at == 0) {  // dialled, and nobody picked up
      records.push_back({id, {}, leg.our_sdp, false, false, leg.placed});
      continue;
    }
    std::string line;
    auto read = journal.read(leg.invite_at, [&](const ports::JournalLine& found) { return line = found.body, false; });
    if (!read) return tl::unexpected(read.error());
    auto event = codec::read_event(line, sealer);
    if (!event) return tl::unexpected(event.error());
    const auto* text = std::visit(
        [](const auto& e) -> const std::string* {
          if constexpr (requires { e.signalling; }) return e.signalling.reveal();
          return nullptr;
        },
        event->body);
    records.push_back({id, text ? *text : std::string(), leg.our_sdp, leg.confirmed, leg.told, leg.placed});
  }
  return records;
}

}  // namespace sigap::runtime
