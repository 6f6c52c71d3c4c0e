// Callers who are nobody, one after the other: SIP to a server's door and a voice by RTP, as a trunk would bring them,
// so that whoever has no SIP telephone sees the line live. Each stays a while, answered or not, and hangs up.
#pragma once
#include <cstdint>

#include "drill/path.h"

namespace sigap::drill {

struct FakeCalls {
  std::int64_t every_s = 60;  ///< from one call to the next
  std::int64_t lasts_s = 45;  ///< then the caller hangs up: of a real line's calls half are shorter; own
  std::int64_t calls = 0;     ///< so many; 0: until the process is ended
};

/// Returns when all have been.
void make_fake_calls(const Path& path, const FakeCalls& plan);

}  // namespace sigap::drill
