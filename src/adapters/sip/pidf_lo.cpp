#include "adapters/sip/pidf_lo.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <pugixml.hpp>
#include <vector>

#include "adapters/sip/civic_address.h"

namespace sigap::sip {
namespace {

constexpr std::size_t kDocumentMax_bytes = std::size_t{64} * 1024;
constexpr int kElementDepthMax = 32;
constexpr double kRadiusMax_m = 1'000'000;  // beyond, a location says nothing
// Distances are measured on a sphere, which is off by up to 0.56 %: what is to hold a shape holds it on the ellipsoid.
constexpr double kSphere = 1.006;

/// Prefixes differ from sender to sender.
std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

template <class Take>
void each_below(const pugi::xml_node& in, const Take& take, int depth = 0) {
  if (depth > kElementDepthMax) return;
  for (const auto& child : in.children())
    if (take(child)) each_below(child, take, depth + 1);
}

pugi::xml_node find(const pugi::xml_node& in, std::string_view name) {
  pugi::xml_node found;
  each_below(in, [&](const pugi::xml_node& node) {
    if (!found && local_name(node) == name) found = node;
    return !found;
  });
  return found;
}

/// What stands after the last of the marks in the name of a coordinate system or of a unit.
std::string_view code_of(std::string_view name) {
  const auto mark = name.find_last_of(":/#");
  return mark == std::string_view::npos ? name : name.substr(mark + 1);
}

/// WGS 84 in its two orders of axes.
enum class Axes { latitude_first, longitude_first, other };

Axes axes_of(const pugi::xml_node& shape) {
  std::string_view srs;
  for (auto node = shape; node && srs.empty(); node = node.parent()) srs = node.attribute("srsName").value();
  each_below(shape, [&](const pugi::xml_node& node) {
    if (srs.empty()) srs = node.attribute("srsName").value();
    return srs.empty();
  });
  const auto code = code_of(srs);
  if (code.empty() || code == "4326" || code == "4979") return Axes::latitude_first;
  if (code == "CRS84" || code == "CRS84h") return Axes::longitude_first;
  return Axes::other;
}

/// Nothing when anything but numbers is in it.
std::optional<std::vector<double>> numbers_in(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  std::vector<double> numbers;
  for (auto at = text.find_first_not_of(kBlanks); at != std::string_view::npos;
       at = text.find_first_not_of(kBlanks, at)) {
    const auto end = std::min(text.find_first_of(kBlanks, at), text.size());
    if (text[at] == '+') ++at;
    double value = 0;
    const auto [rest, error] = std::from_chars(text.data() + at, text.data() + end, value);
    if (error != std::errc() || rest != text.data() + end || !std::isfinite(value)) return std::nullopt;
    numbers.push_back(value);
    at = end;
  }
  return numbers;
}

struct ShapeRead {
  const char* problem = nullptr;  ///< why there is no location
  const char* oddity = nullptr;
  Location location;
};
ShapeRead unusable(const char* problem) {
  return {problem, nullptr, {}};
}

std::optional<GeoPoint> point_of(double first, double second, Axes axes) {
  return axes == Axes::latitude_first ? geo_point(second, first) : geo_point(first, second);
}

/// Two numbers; a third (altitude) may follow and is not used.
std::optional<GeoPoint> centre_of(const pugi::xml_node& shape, Axes axes) {
  const auto numbers = numbers_in(find(shape, "pos").child_value());
  if (!numbers || numbers->size() < 2 || numbers->size() > 3) return std::nullopt;
  return point_of((*numbers)[0], (*numbers)[1], axes);
}

/// All that a shape's pos and posList have; none when one of them cannot be read.
std::vector<GeoPoint> vertices_of(const pugi::xml_node& shape, Axes axes) {
  std::vector<GeoPoint> points;
  bool readable = true;
  each_below(shape, [&](const pugi::xml_node& node) {
    const auto name = local_name(node);
    if (name != "pos" && name != "posList") return name != "interior";  // a hole is within
    const auto numbers = numbers_in(node.child_value());
    const auto count = numbers ? numbers->size() : 0;
    std::size_t dimension = name == "pos" ? count : 2;
    if (name == "posList") {
      for (auto at = node; at && dimension == 2; at = at.parent())
        if (at.attribute("srsDimension").as_int() == 3 || code_of(at.attribute("srsName").value()) == "4979")
          dimension = 3;
      if (count % dimension != 0) dimension = 5 - dimension;  // told wrongly: the other one
    }
    if (count == 0 || dimension < 2 || dimension > 3 || count % dimension != 0) return readable = false;
    for (std::size_t i = 0; i + 1 < count; i += dimension) {
      const auto point = point_of((*numbers)[i], (*numbers)[i + 1], axes);
      if (!point) return readable = false;
      points.push_back(*point);
    }
    return false;
  });
  if (!readable) points.clear();
  return points;
}

struct Unit {
  std::string_view code;
  double factor;
};
/// Of EPSG's units of measure, and what people write. Nothing when it is none of them.
template <std::size_t N>
std::optional<double> factor_of(const pugi::xml_node& measure, const Unit (&units)[N]) {
  const auto code = code_of(measure.attribute("uom").value());
  if (code.empty()) return 1;
  for (const auto& unit : units)
    if (unit.code == code) return unit.factor;
  return std::nullopt;
}
constexpr Unit kLengths[] = {{"9001", 1},        {"m", 1},       {"metre", 1},      {"meter", 1},
                             {"9036", 1000},     {"km", 1000},   {"9002", 0.3048},  {"ft", 0.3048},
                             {"9003", 0.304801}, {"9030", 1852}, {"9093", 1609.344}};
constexpr Unit kAngles[] = {{"9102", 1},           {"9122", 1},   {"deg", 1},   {"degree", 1}, {"9101", 57.295779513},
                            {"rad", 57.295779513}, {"9105", 0.9}, {"9106", 0.9}};

/// A length below the shape. Nothing when it is missing or absurd; negative when its unit is unknown.
std::optional<double> length_of(const pugi::xml_node& shape, std::string_view name) {
  const auto node = find(shape, name);
  const auto numbers = numbers_in(node.child_value());
  if (!numbers || numbers->size() != 1) return std::nullopt;
  const auto factor = factor_of(node, kLengths);
  if (!factor) return -1;
  const double length = (*numbers)[0] * *factor;
  if (!(length >= 0 && length <= kRadiusMax_m)) return std::nullopt;
  return length;
}

std::optional<double> angle_of(const pugi::xml_node& shape, std::string_view name) {
  const auto node = find(shape, name);
  const auto numbers = numbers_in(node.child_value());
  const auto factor = factor_of(node, kAngles);
  if (!numbers || numbers->size() != 1 || !factor) return std::nullopt;
  return (*numbers)[0] * *factor;
}

ShapeRead around(GeoPoint centre, double radius_m) {
  return {nullptr, nullptr, {centre, static_cast<std::int32_t>(std::ceil(radius_m))}};
}

/// Circle, Sphere, Ellipse, Ellipsoid: the longest of their axes.
ShapeRead read_round(const pugi::xml_node& shape, GeoPoint centre, std::initializer_list<std::string_view> axes) {
  double longest = 0;
  for (const auto axis : axes) {
    const auto length = length_of(shape, axis);
    if (!length) return unusable("location with an absurd radius");
    if (*length < 0) return {nullptr, "location's radius in an unknown unit", {centre, 0}};
    longest = std::max(longest, *length);
  }
  return around(centre, longest);
}

/// What a base station knows of a telephone: between two distances, within a sector. The smallest circle that holds
/// that lies on the sector's middle line: of the band's points the corners are the farthest from there.
ShapeRead read_arc_band(const pugi::xml_node& shape, GeoPoint station) {
  constexpr double kHalf_deg = 180, kDegree = 0.017453292519943295;
  const auto outer = length_of(shape, "outerRadius");
  if (!outer) return unusable("location with an absurd radius");
  if (*outer < 0) return {nullptr, "location's radius in an unknown unit", {station, 0}};
  const auto inner = length_of(shape, "innerRadius");
  const auto start = angle_of(shape, "startAngle"), opening = angle_of(shape, "openingAngle");
  if (!inner || *inner < 0 || *inner > *outer || !start || !opening || !(*opening > 0 && *opening < kHalf_deg))
    return around(station, *outer);
  const double cosine = std::cos(*opening / 2 * kDegree);
  const double away = std::min(*outer * cosine, (*outer + *inner) / (2 * cosine));
  const auto to_corner = [&](double radius) {
    return std::sqrt(std::max(0.0, radius * radius + away * away - 2 * radius * away * cosine));
  };
  const auto centre = moved(station, *start + *opening / 2, away);
  return around(centre, std::max(to_corner(*outer), to_corner(*inner)) * kSphere);
}

/// Polygon and Prism: about the middle of the box around their corners.
ShapeRead read_polygon(const pugi::xml_node& shape, Axes axes) {
  const auto corners = vertices_of(shape, axes);
  if (corners.empty()) return unusable("location has no usable coordinates");
  const auto [west, east] = std::minmax_element(corners.begin(), corners.end(),
                                                [](GeoPoint a, GeoPoint b) { return a.longitude_e7 < b.longitude_e7; });
  const auto [south, north] = std::minmax_element(corners.begin(), corners.end(),
                                                  [](GeoPoint a, GeoPoint b) { return a.latitude_e7 < b.latitude_e7; });
  const auto middle = [](std::int32_t a, std::int32_t b) {
    return static_cast<std::int32_t>((std::int64_t{a} + b) / 2);
  };
  const GeoPoint centre{middle(west->longitude_e7, east->longitude_e7), middle(south->latitude_e7, north->latitude_e7)};
  std::int64_t farthest_m = 0;
  for (const auto corner : corners) farthest_m = std::max(farthest_m, distance_m(centre, corner));
  const double radius = static_cast<double>(farthest_m + 1) * kSphere;  // whole metres: one more
  if (radius > kRadiusMax_m) return unusable("location with an absurd radius");
  return around(centre, radius);
}

/// Nothing when it is no shape.
std::optional<ShapeRead> read_shape(const pugi::xml_node& node) {
  constexpr std::string_view kShapes[] = {"Point",     "Circle",  "Sphere",  "Ellipse",
                                          "Ellipsoid", "ArcBand", "Polygon", "Prism"};
  const auto name = local_name(node);
  if (std::find(std::begin(kShapes), std::end(kShapes), name) == std::end(kShapes)) return std::nullopt;
  const auto axes = axes_of(node);
  if (axes == Axes::other) return unusable("location in another coordinate system");
  if (name == "Polygon" || name == "Prism") return read_polygon(node, axes);
  const auto centre = centre_of(node, axes);
  if (!centre) return unusable("location has no usable coordinates");
  if (centre->longitude_e7 == 0 && centre->latitude_e7 == 0) return unusable("location 0,0: a device without a fix");
  if (name == "Circle" || name == "Sphere") return read_round(node, *centre, {"radius"});
  if (name == "Ellipse" || name == "Ellipsoid") return read_round(node, *centre, {"semiMajorAxis", "semiMinorAxis"});
  if (name == "ArcBand") return read_arc_band(node, *centre);
  return around(*centre, 0);
}

/// In the order in which they count.
std::vector<pugi::xml_node> all_geopriv(const pugi::xml_node& document) {
  std::vector<std::pair<int, pugi::xml_node>> found;
  each_below(document, [&](const pugi::xml_node& node) {
    if (local_name(node) != "geopriv") return true;
    int rank = 1;
    for (auto at = node.parent(); at; at = at.parent()) {
      if (local_name(at) == "device") rank = 0;
      if (local_name(at) == "person") rank = 2;
    }
    found.emplace_back(rank, node);
    return false;
  });
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<pugi::xml_node> ordered;
  ordered.reserve(found.size());
  for (const auto& [rank, node] : found) ordered.push_back(node);
  return ordered;
}

}  // namespace

PidfLo read_pidf_lo(std::string_view xml) {
  PidfLo read;
  const auto nothing = [](const char* note) { return PidfLo{{}, note, {}}; };
  if (xml.size() > kDocumentMax_bytes) return nothing("location document too large");
  if (xml.find("<!DOCTYPE") != std::string_view::npos) return nothing("location document has a DTD");
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size(), pugi::parse_default))
    return nothing("location is not readable XML");
  const auto places = all_geopriv(document);
  if (places.empty()) return nothing("location document without geopriv");
  for (const auto& geopriv : places)
    each_below(geopriv, [&](const pugi::xml_node& node) {
      if (read.civic.empty() && local_name(node) == "civicAddress") read.civic = civic_line(node);
      if (read.location) return true;
      const auto shape = read_shape(node);
      if (!shape) return true;
      if (!shape->problem) {
        read.location = shape->location;
        read.note = shape->oddity ? shape->oddity : "";
      } else if (read.note.empty()) {
        read.note = shape->problem;
      }
      return false;
    });
  if (!read.location && read.note.empty())
    read.note = read.civic.empty() ? "location has no shape that is known" : "location is an address without a point";
  return read;
}

}  // namespace sigap::sip
