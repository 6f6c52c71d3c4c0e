// What browsers are told of the TURN relay: the addresses of the configuration, and credentials of their own each time.
#pragma once
#include <functional>
#include <string>

#include "config/config.h"
#include "core/views/wire.h"

namespace sigap::sigapd {

/// `now` is the wall clock, which the relay reads, too; `fresh` a word that nobody else has. A secret that cannot be
/// read costs the relay and not the line: it is told in the log, and the urls are empty.
std::function<core::Relay()> relay_of(const config::TurnConfig& turn, std::function<Instant()> now,
                                      std::function<std::string()> fresh);

}  // namespace sigap::sigapd
