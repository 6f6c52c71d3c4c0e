// What the journal keeps of a page's call, where an INVITE would stand.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ports/telephony.h"

namespace sigap::runtime {

/// Legs of pages are named so, and no other (those of SIP are 32 hex digits).
inline constexpr std::string_view kPageLeg = "web-";
inline bool is_page_leg(std::string_view leg) {
  return leg.starts_with(kPageLeg);
}

/// Takes the records of pages' legs out of these.
std::vector<ports::LegRecord> take_page_legs(std::vector<ports::LegRecord>& records);

/// What a call brought, as the journal keeps it (CallArrived::signalling): the hashes of token and page, and the offer.
struct PageSignalling {
  std::string token_hash, page_hash, sdp;
  bool number = false;  ///< there is one to call back
};
/// What a page's caller is known as. Longer than any number that a trunk may send (64 characters): it is never
/// somebody's number.
std::string page_caller(std::string_view page_hash);
std::string write(const PageSignalling& signalling);
/// Refusal "unreadable".
Result<PageSignalling> read_page_signalling(std::string_view text);

}  // namespace sigap::runtime
