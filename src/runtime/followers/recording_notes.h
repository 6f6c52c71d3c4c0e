// What an event says of calls and their recordings: for the index of recordings, which is made of nothing else.
// Invariant: pure; needs no key.
#pragma once
#include <vector>

#include "core/event.h"
#include "ports/recording_index.h"

namespace sigap::runtime {

/// `position`: the event's, in the journal.
std::vector<ports::RecordingNote> recording_notes_of(const core::Event& event, std::int64_t position);

}  // namespace sigap::runtime
