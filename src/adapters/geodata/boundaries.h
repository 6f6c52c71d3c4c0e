// Borders of the regencies in a file, as GeoJSON (RFC 7946): read, and kept beside the journal.
// Invariants: what was imported was whole and good; a file that is replaced is the old one or the new one, never half.
#pragma once
#include <filesystem>

#include "base/result.h"
#include "geo/borders.h"

namespace sigap::geodata {

/// A file of all regencies of the world's greatest archipelago has 3 MB; own.
inline constexpr std::uintmax_t kBoundariesBytesMax = 200'000'000;

/// A FeatureCollection of Polygon and MultiPolygon features with the properties `kode` (34.04) and `nama`. Refusals:
/// "io"; "invalid" names the feature by number, code and name, and what is wrong with it.
Result<std::vector<geo::Area>> read_boundaries(const std::filesystem::path& file);

/// Where the server finds what was imported: in the folder of the journal.
std::filesystem::path boundaries_file(const std::filesystem::path& data);

/// Puts a good file there. Refusals: those of read_boundaries() and geo::Borders::make(), "io".
Result<geo::Borders> import_boundaries(const std::filesystem::path& file, const std::filesystem::path& data);

/// What was imported; none: nothing was. Refusals as above.
Result<std::optional<geo::Borders>> imported_boundaries(const std::filesystem::path& data);

}  // namespace sigap::geodata
