#include "runtime/places.h"

#include <algorithm>
#include <charconv>
#include <fstream>

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
  if (columns.size() != 8) return refuse("invalid", "eight columns");
  Place place;
  place.text = columns[3];
  place.folded = fold(place.text);
  if (!read(columns[4], place.point.longitude_e7) || !read(columns[5], place.point.latitude_e7))
    return refuse("invalid", "longitude and latitude in 1e-7 degrees");
  place.exact = columns[6] != "station";
  places_.push_back(std::move(place));
  return true;
}

std::vector<core::PlaceMatch> Places::find(std::string_view text, std::optional<GeoPoint> near,
                                           std::size_t most) const {
  if (text.size() < 2 || text.size() > 100) return {};
  const auto folded = fold(text);
  std::vector<std::string_view> words = split(folded, " ,.");
  std::erase_if(words, [](auto word) { return word.empty(); });
  if (words.empty()) return {};
  struct Hit {
    bool name_begins;
    std::int64_t distance;
    const Place* place;
  };
  std::vector<Hit> hits;
  for (const auto& place : places_) {
    std::string_view own = place.folded;
    own = own.substr(0, own.find(','));
    // The own name must hold the first word; the rest may stand in what is around it.
    const auto at = own.find(words.front());
    if (at == std::string_view::npos) continue;
    const bool all = std::all_of(words.begin() + 1, words.end(),
                                 [&](auto word) { return place.folded.find(word) != std::string::npos; });
    if (!all) continue;
    const bool begins = at == 0 || own[at - 1] == ' ';
    hits.push_back({begins, near ? distance_m(*near, place.point) : 0, &place});
  }
  const auto better = [](const Hit& a, const Hit& b) {
    return std::tuple(!a.name_begins, a.distance, a.place->text.size()) <
           std::tuple(!b.name_begins, b.distance, b.place->text.size());
  };
  const auto count = std::min(most, hits.size());
  std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(count), hits.end(), better);
  std::vector<core::PlaceMatch> found;
  for (std::size_t i = 0; i < count; ++i)
    found.push_back({hits[i].place->text, hits[i].place->point, hits[i].place->exact});
  return found;
}

}  // namespace sigap::runtime
