// A photograph out of a stranger's bytes, made anew: what it is is found out by decoding it, not by a name; what goes
// on is its pixels and nothing else that was in the file (places, times, serial numbers, thumbnails, comments).
// Invariants: the size that a file claims is looked at before anything is decoded; what comes out is a JPEG of three
// colours, no side longer than kSideMax_px. It decodes what somebody may have made to do harm: sigap-photograph does it
// in a process of its own, which has no file, no key and little memory. Sources: ITU-T T.81 (JPEG), PNG 1.2, the WebP
// container specification.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace sigap::picture {

struct Remade {
  std::string jpeg;
  int width = 0, height = 0;
};

/// A file by a telephone's camera has 2 to 6 MB, and the page sends less than one. Own.
inline constexpr std::size_t kFileMax_bytes = std::size_t{4} << 20;
/// A file of 4 MB may claim to be as wide as a house; telephones' cameras have up to 50 million, and the page sends
/// two. 120 MB as three colours. Own.
inline constexpr std::int64_t kPixelsMax = 40'000'000;
/// Faces and number plates can be told on it, and it fills a screen. Own.
inline constexpr int kSideMax_px = 1'600;

/// Refusals: "no_photograph" (neither JPEG, PNG nor WebP, or broken), "too_large" (bytes or pixels).
Result<Remade> remake(std::string_view file);

}  // namespace sigap::picture
