// Parts of a sound by HTTP: which bytes are asked for, and how they are answered.
// Source: RFC 9110 section 14 (Range; 15.3.7: an answer may hold less than was asked for).
#pragma once
#include <cstdint>
#include <limits>
#include <string_view>

#include "adapters/web/http_text.h"
#include "ports/web.h"

namespace sigap::web {

inline constexpr std::uint64_t kWhole = std::numeric_limits<std::uint64_t>::max() - 1;

/// "bytes=FIRST-LAST" or "bytes=FIRST-". What is anything else, or several parts, counts as all: a server may.
void read_range(std::string_view range, ports::SoundAsked& asked);
/// Never to be kept by a cache. Where the whole file does not fit into one answer it is a part (206) all the same.
HttpReply sound_reply(const ports::SoundAsked& asked, ports::SoundAnswer answer);

}  // namespace sigap::web
