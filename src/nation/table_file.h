// A file with a table that a person made: read whole, as far as a table may be long; base/csv.h says what is in it.
#pragma once
#include <filesystem>
#include <fstream>
#include <string>

#include "base/csv.h"
#include "base/result.h"

namespace sigap {

/// Refusals: "io", for what cannot be read to its end. What is longer than a table may be is cut, and csv::Reader
/// refuses it.
inline Result<std::string> read_table(const std::filesystem::path& file) {
  const auto unreadable = [&] { return refuse("io", "cannot read " + file.string()); };
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file)) return unreadable();
  constexpr std::size_t kPiece = 1 << 20;  // a pipe has no size to ask for
  std::string text;
  while (in && text.size() <= csv::kBytesMax) {
    const auto had = text.size();
    text.resize(had + kPiece);
    in.read(text.data() + had, kPiece);
    text.resize(had + static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return unreadable();
  return text;
}

}  // namespace sigap
