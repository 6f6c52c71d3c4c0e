// Events as they stand in the journal (docs/formats/journal.md).
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "codec/sealer.h"
#include "core/event.h"

namespace sigap::codec {

std::string write_event(const core::Event& event, Sealer& sealer);
/// Refusals: "invalid" with the field's path; "format" where a format begins that is newer than this program's. A
/// personal value whose key is gone reads as unknown.
Result<core::Event> read_event(std::string_view text, Sealer& sealer);
/// "CallArrived"
const std::string& event_name(const core::EventBody& body);

}  // namespace sigap::codec
