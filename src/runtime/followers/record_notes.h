// What an event says of calls, incidents, tasks and complaints: for the record index, which is made of nothing else.
// Invariant: pure; needs no key.
#pragma once
#include <vector>

#include "core/event.h"
#include "ports/record_index.h"

namespace sigap::runtime {

std::vector<ports::RecordNote> notes_of(const core::Event& event);

}  // namespace sigap::runtime
