// The caller's number as it came with the call.
#pragma once
#include <string>
#include <string_view>

namespace sigap::sip {

/// Digits and the marks of phone numbers (RFC 3966) of a URI's user part; empty for "anonymous", for what is no number,
/// and for more than 64 characters.
std::string caller_number(std::string_view user);

}  // namespace sigap::sip
