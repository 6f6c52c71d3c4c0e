// What the log says of who was turned away at the SIP door.
#pragma once
#include <spdlog/spdlog.h>

#include <string>
#include <vector>

#include "core/event.h"

namespace sigap::sigapd {

/// Who runs the line can act: a carrier at an address that was forgotten, or somebody to keep out by a firewall.
inline void warn_of_door(const core::TurnedAwayAtDoor& door) {
  std::string from, refusals;
  for (const auto& address : door.addresses) from += (from.empty() ? "" : ", ") + address;
  for (const auto& some : door.refusals)
    refusals += (refusals.empty() ? "" : ", ") + std::to_string(some.count) + " of " +
                (some.trunk.value.empty() ? "the edge" : some.trunk.value) + " with " + std::to_string(some.status);
  spdlog::warn(
      "turned away at the SIP door in {} s: {} messages of who is no trunk, {} within somebody else's dialog (from: "
      "{}; {} from "
      "others); refused: {}",
      door.over.ms / 1000, door.strangers, door.intruders, from.empty() ? "nobody" : from, door.from_others,
      refusals.empty() ? "none" : refusals);
}

inline void warn_of_door(const std::vector<core::Event>& events) {
  for (const auto& event : events)
    if (const auto* door = std::get_if<core::TurnedAwayAtDoor>(&event.body)) warn_of_door(*door);
}

}  // namespace sigap::sigapd
