#include "geo/borders.h"

#include <algorithm>
#include <boost/geometry/algorithms/area.hpp>
#include <boost/geometry/algorithms/correct.hpp>
#include <boost/geometry/algorithms/covered_by.hpp>
#include <boost/geometry/algorithms/distance.hpp>
#include <boost/geometry/algorithms/envelope.hpp>
#include <boost/geometry/algorithms/is_valid.hpp>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <boost/geometry/strategies/strategies.hpp>
#include <cmath>
#include <iterator>
#include <map>
#include <numbers>
#include <set>

namespace sigap::geo {
namespace {

namespace bg = boost::geometry;
using Corner = bg::model::d2::point_xy<double>;  ///< degrees, or metres on a plane
using Outline = bg::model::polygon<Corner>;
using Box = bg::model::box<Corner>;

/// IUGG 1980, as base/geo.h.
constexpr double kMetresPerDegree = 6'371'008.8 * std::numbers::pi / 180;

Corner corner(GeoPoint point) {
  return {longitude_deg(point), latitude_deg(point)};
}

/// The plane that touches the earth at a point, which is its middle; metres east and north.
struct Plane {
  explicit Plane(GeoPoint at) : middle(corner(at)), narrow(std::cos(middle.y() * std::numbers::pi / 180)) {}
  Corner operator()(const Corner& c) const {
    return {(c.x() - middle.x()) * kMetresPerDegree * narrow, (c.y() - middle.y()) * kMetresPerDegree};
  }
  Outline operator()(const Outline& outline) const {
    Outline flat;
    const auto lay = [&](const auto& from, auto& to) {
      to.reserve(from.size());
      std::transform(from.begin(), from.end(), std::back_inserter(to), *this);
    };
    lay(outline.outer(), flat.outer());
    for (const auto& hole : outline.inners()) lay(hole, flat.inners().emplace_back());
    return flat;
  }
  /// Everything within so many metres of the middle, in degrees.
  Box around(double metres) const {
    const double high = metres / kMetresPerDegree, wide = high / std::max(narrow, 0.01);
    return {{middle.x() - wide, middle.y() - high}, {middle.x() + wide, middle.y() + high}};
  }
  Corner middle;
  double narrow;
};

bool lay_ring(const Ring& ring, Outline::ring_type& to) {
  std::transform(ring.begin(), ring.end(), std::back_inserter(to), corner);
  if (!ring.empty() && ring.front() != ring.back()) to.push_back(to.front());
  return to.size() >= 4;
}

}  // namespace

struct Borders::Index {
  struct Piece {
    std::size_t area;
    Outline outline;
  };
  using Entry = std::pair<Box, std::size_t>;
  using Tree = bg::index::rtree<Entry, bg::index::rstar<16>>;

  std::vector<RegencyCode> codes;
  std::vector<double> sizes;  ///< square degrees, as wide as at their latitude: to tell the smaller
  std::vector<Piece> pieces;
  Tree tree;

  double distance(const Plane& plane, const Piece& piece) const {
    return bg::distance(Corner{0, 0}, plane(piece.outline));
  }

  std::vector<std::size_t> holding(GeoPoint point) const {
    std::set<std::size_t> areas;
    const auto at = corner(point);
    for (auto found = tree.qbegin(bg::index::intersects(at)); found != tree.qend(); ++found)
      if (bg::covered_by(at, pieces[found->second].outline)) areas.insert(pieces[found->second].area);
    return {areas.begin(), areas.end()};
  }

  /// Boxes come in the order of their distance: those that are farther than the nearest outline are not looked into.
  std::optional<Whose> nearest(GeoPoint point, std::int64_t farthest_m) const {
    const Plane plane(point);
    std::optional<Whose> best;
    double least = static_cast<double>(farthest_m);
    const auto boxes = static_cast<unsigned>(tree.size());
    for (auto found = tree.qbegin(bg::index::nearest(plane.middle, boxes)); found != tree.qend(); ++found) {
      // A degree of longitude is the shorter one: no box is nearer than this.
      if (bg::distance(plane.middle, found->first) * kMetresPerDegree * plane.narrow > least) break;
      const auto& piece = pieces[found->second];
      const double away = distance(plane, piece);
      if (away > least || (best && away == least && !(codes[piece.area] < best->code))) continue;
      least = away;
      best = Whose{codes[piece.area], Whose::How::gap, std::llround(away)};
    }
    return best;
  }

  /// Areas within so many metres, and how far each is.
  std::map<std::size_t, double> near(GeoPoint point, double metres) const {
    std::map<std::size_t, double> areas;
    const Plane plane(point);
    for (auto found = tree.qbegin(bg::index::intersects(plane.around(metres))); found != tree.qend(); ++found) {
      const auto& piece = pieces[found->second];
      const double away = distance(plane, piece);
      if (away > metres) continue;
      const auto known = areas.try_emplace(piece.area, away).first;
      known->second = std::min(known->second, away);
    }
    return areas;
  }
};

Borders::Borders(std::unique_ptr<Index> index) : index_(std::move(index)) {}
Borders::Borders(Borders&&) noexcept = default;
Borders& Borders::operator=(Borders&&) noexcept = default;
Borders::~Borders() = default;

Result<Borders> Borders::make(std::vector<Area> areas) {
  auto index = std::make_unique<Index>();
  std::set<RegencyCode> seen;
  std::vector<Index::Entry> entries;
  for (const auto& area : areas) {
    const auto refused = [&](std::size_t polygon, const std::string& why) {
      return refuse("invalid",
                    area.code.value + " " + area.name + ", polygon " + std::to_string(polygon + 1) + ": " + why);
    };
    if (!seen.insert(area.code).second)
      return refuse("invalid", area.code.value + " " + area.name + ": is there twice");
    if (area.polygons.empty()) return refuse("invalid", area.code.value + " " + area.name + ": has no polygon");
    double size = 0;
    for (std::size_t i = 0; i < area.polygons.size(); ++i) {
      Index::Piece piece{index->codes.size(), {}};
      if (!lay_ring(area.polygons[i].outer, piece.outline.outer())) return refused(i, "fewer than three corners");
      for (const auto& hole : area.polygons[i].holes)
        if (!lay_ring(hole, piece.outline.inners().emplace_back()))
          return refused(i, "a hole of fewer than three corners");
      bg::correct(piece.outline);
      std::string why;
      if (!bg::is_valid(piece.outline, why)) return refused(i, why);
      const auto box = bg::return_envelope<Box>(piece.outline);
      size += bg::area(piece.outline) * std::cos(box.min_corner().y() * std::numbers::pi / 180);
      entries.emplace_back(box, index->pieces.size());
      index->pieces.push_back(std::move(piece));
    }
    index->codes.push_back(area.code);
    index->sizes.push_back(size);
  }
  if (entries.empty()) return refuse("invalid", "no areas");
  index->tree = Index::Tree(entries);
  return Borders(std::move(index));
}

std::optional<Whose> Borders::whose(GeoPoint point, std::int64_t farthest_m) const {
  const auto& index = *index_;
  if (const auto areas = index.holding(point); !areas.empty()) {
    const auto smallest = *std::min_element(areas.begin(), areas.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(index.sizes[a], index.codes[a]) < std::pair(index.sizes[b], index.codes[b]);
    });
    return Whose{index.codes[smallest], areas.size() == 1 ? Whose::How::inside : Whose::How::overlap, 0};
  }
  return index.nearest(point, farthest_m);
}

std::vector<RegencyCode> Borders::touched(const Location& circle, std::int64_t farthest_m) const {
  std::vector<RegencyCode> codes;
  const auto middle = whose(circle.point, farthest_m);
  if (!middle) return codes;
  codes.push_back(middle->code);
  std::set<RegencyCode> others;
  for (const auto& [area, away] : index_->near(circle.point, circle.radius_m)) others.insert(index_->codes[area]);
  others.erase(middle->code);
  codes.insert(codes.end(), others.begin(), others.end());
  return codes;
}

std::size_t Borders::size() const {
  return index_->codes.size();
}

}  // namespace sigap::geo
