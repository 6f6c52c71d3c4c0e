#include "adapters/sip/dialled.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/phone_number.h"
#include "base/service_urn.h"

namespace sigap::sip {
namespace {

constexpr std::size_t kShortCodeMax_digits = 6;  // 110, 112, 14022, 150011: beyond, subscribers' numbers begin

bool is_short_code(std::string_view entry) {
  return entry.size() <= kShortCodeMax_digits && entry[0] != '0' &&
         std::all_of(entry.begin(), entry.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool names(std::string_view entry, std::string_view dialled) {
  if (entry.ends_with('*') && entry.size() > 1) {
    const auto number = plain_number(dialled);
    return number && number->starts_with(entry.substr(0, entry.size() - 1));
  }
  if (is_short_code(entry)) return sigap::is_short_code(dialled, entry);
  return lower_case(canonical_number(entry)) == lower_case(canonical_number(dialled));
}

}  // namespace

std::optional<ports::Service> service_dialled(std::string_view dialled, const std::vector<std::string>& ours) {
  const auto asked = service_urn(dialled);
  const bool found = std::any_of(ours.begin(), ours.end(), [&](const std::string& entry) {
    if (const auto service = service_urn(entry)) return asked && at_or_below(asked->name, service->name);
    return !asked && !entry.empty() && names(entry, dialled);
  });
  if (!found) return std::nullopt;
  return asked && asked->test ? ports::Service::test : ports::Service::emergency;
}

}  // namespace sigap::sip
