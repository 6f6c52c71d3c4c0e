#include "domain/stations/state.h"

namespace sigap::stations {

void State::apply(const StationDefined& e) {
  stations[e.station.code] = e.station;
}

const Station* State::find(const StationCode& code) const {
  const auto it = stations.find(code);
  return it == stations.end() ? nullptr : &it->second;
}

const StationCode& State::province_of(const StationCode& code) const {
  static const StationCode none;
  const Station* station = find(code);
  if (!station) return none;
  if (station->level == StationLevel::polres) return station->parent;
  return station->level == StationLevel::polda ? station->code : none;
}

StationCode State::headquarters() const {
  for (const auto& [code, station] : stations)
    if (station.level == StationLevel::mabes) return code;
  return {};
}

bool State::within(const StationCode& code, const StationCode& ancestor) const {
  const Station* station = find(code);
  if (!station) return false;
  if (code == ancestor || station->parent == ancestor) return true;
  if (station->level != StationLevel::polres) return false;
  // No walk up: the top of three levels is known by its own.
  const Station* above = find(ancestor);
  return above && above->level == StationLevel::mabes;
}

std::optional<std::string> objection(const State& tree, const Station& station) {
  if (station.code.value.empty() || station.code.value.size() > 64) return "code: 1 to 64 characters";
  for (const char c : station.code.value)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return "code: only a-z, 0-9 and -";
  if (station.name.empty() || station.name.size() > 80) return "name: 1 to 80 bytes";
  const Station* known = tree.find(station.code);
  if (known && known->level != station.level) return "level: cannot change";
  const Station* parent = tree.find(station.parent);
  switch (station.level) {
    case StationLevel::mabes:
      if (station.parent) return "parent: the headquarters has none";
      if (const auto hq = tree.headquarters(); hq && hq != station.code)
        return "level: there is a headquarters already";
      return std::nullopt;
    case StationLevel::polda:
      if (!parent || parent->level != StationLevel::mabes) return "parent: must be the headquarters";
      return std::nullopt;
    case StationLevel::polres:
      if (!parent || parent->level != StationLevel::polda) return "parent: must be a provincial command";
      return std::nullopt;
  }
  return "level: unknown";
}

}  // namespace sigap::stations
