// What lines of a journal say, with the keys of one call: for programs (a line of JSON each) and for people.
// The same text is made when an archive is made and when it is checked, so nothing else can stand there.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/event.h"
#include "evidence/archive.h"

namespace sigap::evidence {

struct Opened {
  std::string json;      ///< kOpened
  std::string timeline;  ///< kTimeline
  std::vector<core::Event> events;
};

/// Refusal "invalid" names the position of a line that is none.
Result<Opened> open_lines(const std::vector<Line>& lines, const Subjects& keys);

}  // namespace sigap::evidence
