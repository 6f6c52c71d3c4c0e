#include "base/service_urn.h"

#include "base/ascii.h"

namespace sigap {

std::optional<ServiceUrn> service_urn(std::string_view text) {
  const auto urn = lower_case(text);
  std::string_view name;
  for (const std::string_view space : {"urn:service:", "urn:nena:service:", "urn:emergency:service:"})
    if (urn.starts_with(space)) name = std::string_view(urn).substr(space.size());
  constexpr std::string_view kTest = "test.";
  const bool test = name.starts_with(kTest);
  if (test) name.remove_prefix(kTest.size());
  if (name.empty()) return std::nullopt;
  return ServiceUrn{std::string(name), test};
}

bool at_or_below(std::string_view name, std::string_view service) {
  return name.starts_with(service) && (name.size() == service.size() || name[service.size()] == '.');
}

std::string other_service(std::string_view dialled) {
  const auto urn = service_urn(dialled);
  if (!urn) return {};
  for (const std::string_view kind : {"sos", "responder"}) {
    if (!at_or_below(urn->name, kind) || urn->name.size() == kind.size()) continue;
    const auto below = std::string_view(urn->name).substr(kind.size() + 1);
    if (!at_or_below(below, "police")) return std::string(below.substr(0, below.find('.')));
  }
  return {};
}

}  // namespace sigap
