#include "sigapd/door_warning.h"

#include <spdlog/spdlog.h>

namespace sigap::sigapd {

void warn_of(const core::TurnedAwayAtDoor& door) {
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

}  // namespace sigap::sigapd
