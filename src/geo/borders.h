// Whose a point is: areas (regencies) as polygons, looked up by point and by circle.
// Invariants: made once of areas that are all good, then read-only, from any thread. Every point that is not far from
// all areas has exactly one answer: borders as they are published overlap and leave gaps, so the smallest area counts
// in an overlap and the nearest in a gap. Edges are straight in longitude and latitude (RFC 7946 section 3.1.1);
// distances are on a plane that touches the earth at the point, good to one in a thousand within 400 km.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/geo.h"
#include "base/ids.h"
#include "base/result.h"

namespace sigap::geo {

using Ring = std::vector<GeoPoint>;

struct Polygon {
  Ring outer;
  std::vector<Ring> holes;
};

struct Area {
  RegencyCode code;
  std::string name;
  std::vector<Polygon> polygons;
};

struct Whose {
  enum class How { inside, overlap, gap };
  RegencyCode code;
  How how = How::inside;
  std::int64_t distance_m = 0;  ///< to the border; of a gap only
};

class Borders {
 public:
  /// Refusal "invalid" names the area, which of its polygons, and what is wrong with it: fewer than three corners,
  /// edges that cross, a hole outside. Two areas of one code are refused, and so are none at all.
  static Result<Borders> make(std::vector<Area> areas);

  Borders(Borders&&) noexcept;
  Borders& operator=(Borders&&) noexcept;
  ~Borders();

  /// Nothing when every area is farther than `farthest_m`.
  std::optional<Whose> whose(GeoPoint point, std::int64_t farthest_m) const;
  /// The areas that a circle touches, which may all be the caller's: whose() of its middle first, then by code.
  std::vector<RegencyCode> touched(const Location& circle, std::int64_t farthest_m) const;
  std::size_t size() const;

 private:
  struct Index;
  explicit Borders(std::unique_ptr<Index> index);
  std::unique_ptr<Index> index_;
};

}  // namespace sigap::geo
