// Which calls are recorded, and what becomes of their recordings. A recording never delays or ends a call.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

/// The voices of this call are joined: it is recorded from now on, unless it is already.
void recording_begins(Decider& d, const calls::Call& call);
void recording_changes(Decider& d, const RecordingChanges& in);
void recording_closed(Decider& d, const RecordingClosed& in);

}  // namespace sigap::core
