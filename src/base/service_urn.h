// Emergency services by name. Sources: RFC 5031 (urn:service:sos.police; what is not known below a service is that
// service), RFC 6881 11.2.1 (test.), NENA-STA-010.3 (urn:nena:service, urn:emergency:service, responder.).
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace sigap {

struct ServiceUrn {
  std::string name;   ///< lower case, without `test.`: "sos.police.traffic"
  bool test = false;  ///< a test call of it
};
/// Nothing when it is no service URN.
std::optional<ServiceUrn> service_urn(std::string_view text);

/// Whether `name` is `service` or one below it.
bool at_or_below(std::string_view name, std::string_view service);

/// Of what was dialled: the emergency service that is not the police, "fire" of urn:service:sos.fire.forest; else
/// empty.
std::string other_service(std::string_view dialled);

}  // namespace sigap
