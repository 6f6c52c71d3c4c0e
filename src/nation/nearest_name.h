// What somebody may have meant who misspelt a station.
#pragma once
#include <string>

#include "domain/stations/state.h"

namespace sigap::nation {

/// ", did you mean X?" of a code that was misspelt by few letters; else nothing.
std::string nearest_name(const stations::State& stations, const std::string& code);

}  // namespace sigap::nation
