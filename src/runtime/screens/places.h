// The nation's place names, searched as an operator types. Read-only after loading: any thread.
// Source: the table that tools/make_places.mjs makes (columns: data/indonesia/README.md).
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/views/wire.h"

namespace sigap::runtime {

class Places {
 public:
  Places() = default;
  /// Refusal "invalid" names the line, "io" the file.
  static Result<Places> load(const std::filesystem::path& file);

  /// Places that have every word of `text` (2 to 100 bytes, else none), in any order, one of them in their own name.
  /// First what is named just so, the greater before the smaller; then what begins so; then the nearest to `near`. At
  /// most `most`.
  std::vector<core::PlaceMatch> find(std::string_view text, std::optional<GeoPoint> near, std::size_t most) const;
  std::size_t size() const { return places_.size(); }

 private:
  struct Place {
    std::string text;
    std::string folded;  ///< lower case, for comparing
    std::string name;    ///< its own, without "Desa" or "Kota", lower case
    int level = 0;       ///< 0 province ... 3 village, 4 island
    GeoPoint point;
    std::int32_t radius_m = 0;  ///< the place lies within this of its point
  };
  Result<bool> add(const std::string& line);

  std::vector<Place> places_;
};

}  // namespace sigap::runtime
