// What the log says of those who were turned away at the SIP door.
#pragma once
#include "core/event.h"

namespace sigap::sigapd {

/// Who runs the line can act: a carrier at an address that was forgotten, or somebody to keep out by a firewall.
void warn_of(const core::TurnedAwayAtDoor& door);

}  // namespace sigap::sigapd
