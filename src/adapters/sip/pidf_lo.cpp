#include "adapters/sip/pidf_lo.h"

#include <cmath>
#include <pugixml.hpp>
#include <sstream>
#include <vector>

namespace sigap::sip {
namespace {

constexpr std::size_t kDocumentMax_bytes = std::size_t{64} * 1024;
constexpr int kDepthMax = 32;
constexpr double kRadiusMax_m = 1'000'000;  // beyond, a location says nothing

/// Prefixes differ from sender to sender.
std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node find(const pugi::xml_node& in, std::string_view name, int depth = 0) {
  if (depth > kDepthMax) return {};
  for (const auto& child : in.children()) {
    if (local_name(child) == name) return child;
    if (const auto deeper = find(child, name, depth + 1)) return deeper;
  }
  return {};
}

/// Two numbers; a third (altitude) may follow and is not used.
std::optional<GeoPoint> read_pos(const pugi::xml_node& pos) {
  std::istringstream in(pos.child_value());
  in.imbue(std::locale::classic());
  double latitude = 0, longitude = 0, altitude = 0;
  if (!(in >> latitude >> longitude)) return std::nullopt;
  in >> altitude;
  std::string rest;
  in.clear();
  if (in >> rest) return std::nullopt;
  return geo_point(longitude, latitude);
}

bool wgs84(const pugi::xml_node& shape) {
  const std::string_view srs = shape.attribute("srsName").value();
  return srs.empty() || srs.ends_with(":4326") || srs.ends_with(":4979");
}

}  // namespace

PidfLo read_pidf_lo(std::string_view xml) {
  if (xml.size() > kDocumentMax_bytes) return {{}, "location document too large"};
  if (xml.find("<!DOCTYPE") != std::string_view::npos) return {{}, "location document has a DTD"};
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size(), pugi::parse_default)) return {{}, "location is not readable XML"};
  const auto geopriv = find(document, "geopriv");
  if (!geopriv) return {{}, "location document without geopriv"};
  const auto circle = find(geopriv, "Circle");
  const auto shape = circle ? circle : find(geopriv, "Point");
  if (!shape) return {{}, "location is neither a point nor a circle"};
  if (!wgs84(shape)) return {{}, "location in another coordinate system"};
  const auto point = read_pos(find(shape, "pos"));
  if (!point) return {{}, "location has no usable coordinates"};
  if (point->longitude_e7 == 0 && point->latitude_e7 == 0) return {{}, "location 0,0: a device without a fix"};
  Location location{*point, 0};
  if (circle) {
    const double radius = find(circle, "radius").text().as_double(-1);
    if (!std::isfinite(radius) || radius < 0 || radius > kRadiusMax_m) return {{}, "location with an absurd radius"};
    location.radius_m = static_cast<std::int32_t>(std::ceil(radius));
  }
  return {location, ""};
}

}  // namespace sigap::sip
