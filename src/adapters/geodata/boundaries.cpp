#include "adapters/geodata/boundaries.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_to.hpp>
#include <fstream>
#include <iterator>

namespace sigap::geodata {
namespace {

namespace json = boost::json;

/// Of Indonesia (law 43/2008), with its sea: what lies elsewhere is another country's file.
constexpr double kWest = 90, kEast = 145, kSouth = -15, kNorth = 10;

/// What is wrong with a feature, told by throwing in here alone: a polygon is four lists deep.
struct Wrong {
  std::string what;
};

GeoPoint point(const json::value& position) {
  const auto* pair = position.if_array();
  if (!pair || pair->size() < 2 || !pair->at(0).is_number() || !pair->at(1).is_number())
    throw Wrong{"a position is [longitude, latitude]"};
  const auto longitude = pair->at(0).to_number<double>(), latitude = pair->at(1).to_number<double>();
  const auto within = [](double x, double y) { return kWest <= x && x <= kEast && kSouth <= y && y <= kNorth; };
  const auto said = json::serialize(position);
  if (!within(longitude, latitude))
    throw Wrong{within(latitude, longitude) ? said + ": longitude and latitude are swapped"
                                            : said + ": is not in Indonesia"};
  return *geo_point(longitude, latitude);
}

geo::Ring ring(const json::value& positions) {
  const auto* list = positions.if_array();
  if (!list) throw Wrong{"a ring is a list of positions"};
  geo::Ring points;
  points.reserve(list->size());
  for (const auto& position : *list) points.push_back(point(position));
  if (!points.empty() && points.front() != points.back()) throw Wrong{"a ring does not end where it begins"};
  return points;
}

geo::Polygon polygon(const json::value& rings) {
  const auto* list = rings.if_array();
  if (!list || list->empty()) throw Wrong{"a polygon is a list of rings"};
  geo::Polygon made{ring(list->front()), {}};
  for (auto hole = std::next(list->begin()); hole != list->end(); ++hole) made.holes.push_back(ring(*hole));
  return made;
}

const json::object& object(const json::value* value, const char* what) {
  if (!value || !value->is_object()) throw Wrong{std::string(what) + " is missing"};
  return value->get_object();
}

std::string text(const json::object& properties, const char* key) {
  const auto* value = properties.if_contains(key);
  if (!value || !value->is_string() || value->get_string().empty() || value->get_string().size() > 80)
    throw Wrong{std::string("properties.") + key + ": a text of 1 to 80 bytes is missing"};
  return std::string(value->get_string());
}

void read_geometry(const json::object& geometry, geo::Area& area) {
  const auto* type = geometry.if_contains("type");
  const auto* coordinates = geometry.if_contains("coordinates");
  if (!type || !coordinates) throw Wrong{"geometry: type or coordinates are missing"};
  if (*type == "Polygon") {
    area.polygons.push_back(polygon(*coordinates));
  } else if (*type == "MultiPolygon" && coordinates->is_array()) {
    for (const auto& one : coordinates->get_array()) area.polygons.push_back(polygon(one));
  } else {
    throw Wrong{"geometry: a Polygon or MultiPolygon is needed, not " + json::serialize(*type)};
  }
}

geo::Area read_area(const json::value& feature, std::string& name) {
  const auto& members = object(feature.is_object() ? &feature : nullptr, "the feature");
  const auto& properties = object(members.if_contains("properties"), "properties");
  geo::Area area{{text(properties, "kode")}, text(properties, "nama"), {}};
  name = ", " + area.code.value + " " + area.name;
  read_geometry(object(members.if_contains("geometry"), "geometry"), area);
  return area;
}

Result<std::string> contents_of(const std::filesystem::path& file) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(file, error);
  if (error) return refuse("io", "cannot read " + file.string() + ": " + error.message());
  if (bytes > kBoundariesBytesMax) return refuse("invalid", file.string() + ": is larger than borders are");
  std::ifstream in(file, std::ios::binary);
  std::string all(std::istreambuf_iterator<char>(in), {});
  if (!in || all.size() != bytes) return refuse("io", "cannot read " + file.string());
  return all;
}

}  // namespace

Result<std::vector<geo::Area>> read_boundaries(const std::filesystem::path& file) {
  auto contents = contents_of(file);
  if (!contents) return tl::unexpected(contents.error());
  const auto name = file.filename().string();
  boost::system::error_code error;
  const auto root = json::parse(*contents, error);
  if (error) return refuse("invalid", name + ": is no JSON, or was cut short: " + error.message());
  const auto* features = root.is_object() ? root.get_object().if_contains("features") : nullptr;
  if (!features || !features->is_array()) return refuse("invalid", name + ": is no GeoJSON FeatureCollection");
  std::vector<geo::Area> areas;
  std::size_t number = 0;
  for (const auto& feature : features->get_array()) {
    ++number;
    std::string which;
    try {
      areas.push_back(read_area(feature, which));
    } catch (const Wrong& wrong) {
      return refuse("invalid", name + ": feature " + std::to_string(number) + which + ": " + wrong.what);
    }
  }
  return areas;
}

std::filesystem::path boundaries_file(const std::filesystem::path& data) {
  return data / "boundaries.geojson";
}

Result<geo::Borders> import_boundaries(const std::filesystem::path& file, const std::filesystem::path& data) {
  auto areas = read_boundaries(file);
  if (!areas) return tl::unexpected(areas.error());
  auto borders = geo::Borders::make(std::move(*areas));
  if (!borders) return borders;
  const auto kept = boundaries_file(data), part = std::filesystem::path(kept.string() + ".part");
  std::error_code error;
  std::filesystem::copy_file(file, part, std::filesystem::copy_options::overwrite_existing, error);
  if (!error) std::filesystem::rename(part, kept, error);
  if (error) return refuse("io", "cannot write " + kept.string() + ": " + error.message());
  return borders;
}

Result<std::optional<geo::Borders>> imported_boundaries(const std::filesystem::path& data) {
  const auto file = boundaries_file(data);
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return std::optional<geo::Borders>();
  auto areas = read_boundaries(file);
  if (!areas) return tl::unexpected(areas.error());
  auto borders = geo::Borders::make(std::move(*areas));
  if (!borders) return tl::unexpected(borders.error());
  return std::optional(std::move(*borders));
}

}  // namespace sigap::geodata
