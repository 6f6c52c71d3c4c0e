// The caller's number as it came with the call.
#pragma once
#include <string>
#include <string_view>

namespace sigap::sip {

/// Digits and the marks of phone numbers (RFC 3966) of a tel URI or of a sip URI's user part, escapes undone (%2B); a
/// number that needs its phone-context has it before it. Empty for "anonymous", for what is no number, and for more
/// than 64 characters.
std::string caller_number(std::string_view user);

}  // namespace sigap::sip
