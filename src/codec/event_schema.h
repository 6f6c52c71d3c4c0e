// docs/formats/events-1.json: every event of the journal, printed from its description. A test compares the file, so
// whatever changes in the journal is seen as a difference of that file and needs a decision (HACKING.md, "An event").
#pragma once
#include <string>

namespace sigap::codec {

/// JSON, a member or value a line: the envelope, the events, the structs inside of them, the enumerations with their
/// words. `since` stands where it is not format 1.
std::string event_schema();

}  // namespace sigap::codec
