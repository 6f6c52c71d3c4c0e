#include "runtime/voice/leg_records.h"

#include "base/overloaded.h"
#include "codec/event_codec.h"

namespace sigap::runtime {
namespace {

/// The message that the event at this position holds; empty when its caller was forgotten.
Result<std::string> signalling_at(std::int64_t position, ports::Journal& journal, codec::Sealer& sealer) {
  std::string line;
  auto read = journal.read(position, [&](const ports::JournalLine& found) { return line = found.body, false; });
  if (!read) return tl::unexpected(read.error());
  auto event = codec::read_event(line, sealer);
  if (!event) return tl::unexpected(event.error());
  std::optional<const std::string*> text;
  visit_some(
      Overloaded{[&](const OneOf<calls::CallArrived, calls::CallRenegotiated, calls::CallPickedUp,
                                 calls::RingBackAnswered, calls::GuestCame> auto& e) { text = e.signalling.reveal(); }},
      event->body);
  if (!text) return refuse("corrupt", "no message of a leg at position " + std::to_string(position));
  return *text ? **text : std::string();
}

}  // namespace

Result<std::vector<ports::LegRecord>> leg_records(const core::State& state, ports::Journal& journal,
                                                  codec::Sealer& sealer) {
  std::vector<ports::LegRecord> records;
  records.reserve(state.calls.legs.size());
  for (const auto& [id, leg] : state.calls.legs) {
    ports::LegRecord record{id, {}, leg.our_sdp, leg.confirmed, leg.told, leg.placed};
    if (leg.invite_at > 0) {  // otherwise: dialled, and nobody picked up
      auto invite = signalling_at(leg.invite_at, journal, sealer);
      if (!invite) return tl::unexpected(invite.error());
      record.invite = std::move(*invite);
    }
    if (leg.described_at) {
      auto latest = signalling_at(*leg.described_at, journal, sealer);
      if (!latest) return tl::unexpected(latest.error());
      record.latest = std::move(*latest);
    }
    if (const auto* call = state.calls.find(leg.call); call && !leg.guest) record.trunk = call->trunk;
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace sigap::runtime
