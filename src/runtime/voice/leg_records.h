// The callers' legs of a state, with the INVITEs that the journal holds: what the SIP hand needs after a start.
#pragma once
#include <vector>

#include "codec/sealer.h"
#include "core/state.h"
#include "ports/journal.h"
#include "ports/telephony.h"

namespace sigap::runtime {

/// Refusal "corrupt" as of the journal. A leg whose caller was forgotten has an empty INVITE.
Result<std::vector<ports::LegRecord>> leg_records(const core::State& state, ports::Journal& journal,
                                                  codec::Sealer& sealer);

}  // namespace sigap::runtime
