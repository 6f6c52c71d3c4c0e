#include "runtime/screens/places.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <map>
#include <tuple>

namespace sigap::runtime {
namespace {

/// Names of Indonesia are ASCII but for a few accents, which are compared as they are.
std::string fold(std::string_view text) {
  std::string folded(text);
  for (auto& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return folded;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find_first_of(separators);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool read(std::string_view text, std::int32_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

/// How people call the kinds, and how the table writes them.
const std::map<std::string_view, std::string_view>& kinds() {
  static const std::map<std::string_view, std::string_view> known = {
      {"provinsi", "provinsi"}, {"kabupaten", "kab."}, {"kab", "kab."},       {"kota", "kota"}, {"kecamatan", "kec."},
      {"kec", "kec."},          {"desa", "desa"},      {"kelurahan", "kel."}, {"kel", "kel."}};
  return known;
}

/// How well a word fits a name: 0 is it, 1 begins it, 2 begins a word of it, 3 is within, 4 not at all.
int rank_of(std::string_view name, std::string_view word) {
  if (name == word) return 0;
  const auto at = name.find(word);
  if (at == std::string_view::npos) return 4;
  if (at == 0) return 1;
  return name.find(" " + std::string(word)) != std::string_view::npos ? 2 : 3;
}

}  // namespace

Result<Places> Places::load(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) return refuse("io", "cannot read the table of places " + file.filename().string());
  Places places;
  std::string line;
  for (std::int64_t number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    if (auto added = places.add(line); !added)
      return refuse("invalid", "places: line " + std::to_string(number) + ": " + added.error().message);
  }
  return places;
}

Result<bool> Places::add(const std::string& line) {
  const auto columns = split(line, "\t");
  if (columns.size() != 9) return refuse("invalid", "nine columns");
  Place place;
  place.text = columns[3];
  place.folded = fold(place.text);
  place.name = fold(columns[2]);
  constexpr std::array<std::string_view, 4> kLevels = {"province", "regency", "district", "village"};
  place.level = static_cast<int>(std::find(kLevels.begin(), kLevels.end(), columns[1]) - kLevels.begin());
  if (!read(columns[4], place.point.longitude_e7) || !read(columns[5], place.point.latitude_e7))
    return refuse("invalid", "longitude and latitude in 1e-7 degrees");
  if (!read(columns[7], place.radius_m) || place.radius_m < 0) return refuse("invalid", "radius in metres");
  places_.push_back(std::move(place));
  return true;
}

std::vector<core::PlaceMatch> Places::find(std::string_view text, std::optional<GeoPoint> near,
                                           std::size_t most) const {
  if (text.size() < 2 || text.size() > 100) return {};
  const auto folded = fold(text);
  std::vector<std::string_view> words = split(folded, " ,.");
  std::erase_if(words, [](auto word) { return word.empty(); });
  // "kota bandung", "kecamatan gambir": the kind is no part of the name, but stays a word that must be there.
  std::string joined;
  for (const auto word : words)
    if (!kinds().contains(word)) joined += (joined.empty() ? "" : " ") + std::string(word);
  for (auto& word : words)
    if (const auto kind = kinds().find(word); kind != kinds().end()) word = kind->second;
  if (words.empty()) return {};
  struct Hit {
    int rank;  ///< 0 named just so, 1 begins so, 2 a word begins so, 3 holds it
    int level;
    std::int64_t distance;
    const Place* place;
  };
  std::vector<Hit> hits;
  for (const auto& place : places_) {
    int rank = 4;
    bool all = true;
    for (const auto word : words) {
      all = all && place.folded.find(word) != std::string::npos;
      rank = std::min(rank, rank_of(place.name, word));
    }
    if (!all || rank == 4) continue;
    if (place.name == joined) rank = 0;
    // Only what is named just so is ordered by its size: of the others, what is near counts.
    hits.push_back({rank, rank == 0 ? place.level : 0, near ? distance_m(*near, place.point) : 0, &place});
  }
  const auto better = [](const Hit& a, const Hit& b) {
    return std::tuple(a.rank, a.level, a.distance, a.place->text.size()) <
           std::tuple(b.rank, b.level, b.distance, b.place->text.size());
  };
  const auto count = std::min(most, hits.size());
  std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(count), hits.end(), better);
  std::vector<core::PlaceMatch> found;
  for (std::size_t i = 0; i < count; ++i)
    found.push_back({hits[i].place->text, hits[i].place->point, hits[i].place->radius_m});
  return found;
}

}  // namespace sigap::runtime
