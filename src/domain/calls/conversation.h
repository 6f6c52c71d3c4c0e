// What is written within a call, by the caller's page or telephone and by the operator, and the photographs of the
// caller: one list, in the order in which it came to be in the journal. Whoever writes gives each of their lines a name
// and says it again until it is acknowledged: what is said twice is one. A photograph stands sealed in a file
// beside the journal; here is only which. Limits: own.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/ids.h"
#include "base/personal.h"
#include "base/time.h"

namespace sigap::calls {

// Enumerations here are written to the journal: do not rename.
enum class SaidBy { caller, operator_ };

/// Of one line: a long message by telephone is half of it. Own.
inline constexpr std::size_t kLineMax_bytes = 1'000;
/// Of each side in one call: an hour of somebody who writes without a pause. Own.
inline constexpr std::size_t kLinesMax = 300;
/// Of each side in any second; who writes waits a moment. Own.
inline constexpr std::size_t kLinesPerSecond = 3;
/// Of one call. Own.
inline constexpr std::size_t kPhotographsMax = 6;
/// Of a line: made by who writes it.
inline constexpr std::size_t kLineNameMax_bytes = 64;
/// A language's name (BCP 47): "id", "jv", "zh-Hant-TW". RFC 5646 4.4.1 asks for room of 35 characters.
inline constexpr std::size_t kLanguageMax_bytes = 35;

/// A picture, made anew from what the caller sent.
struct Photograph {
  std::string sha256;  ///< of the sealed file, hex: it is called so
  std::int64_t bytes = 0;
  std::int64_t width = 0, height = 0;
  bool operator==(const Photograph&) const = default;
};

/// A line of the conversation: a text or a photograph.
struct Line {
  Instant at;
  SaidBy by = SaidBy::caller;
  PersonId person;   ///< of ours
  std::string name;  ///< of the line; nothing personal
  Personal<std::string> text;
  std::optional<Photograph> photograph;
};

}  // namespace sigap::calls
