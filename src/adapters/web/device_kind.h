// A browser in words that its person understands: "Chrome, Android". What it says of itself is a hint, never a proof.
#pragma once
#include <string>
#include <string_view>

namespace sigap::web {

/// Of User-Agent (RFC 9110 10.1.5). Always short words of this list, whatever was sent: it is shown to people.
std::string device_kind(std::string_view user_agent);

}  // namespace sigap::web
