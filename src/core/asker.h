// Who asks for something. Each kind has its own rights in access/; one that is named there nowhere has none. There is
// no "nobody": what nobody asked for is done by the system, by a rule.
#pragma once
#include <string>
#include <variant>

#include "base/ids.h"

namespace sigap::core {

/// Time that ran out, a hand that reported, a program that starts. It asks for no command.
struct System {};
/// A person in a browser.
struct SignedIn {
  SessionId session;
};
/// On the server itself: it runs as the service's own user, and may do what that user could do to the files anyway.
struct CommandLine {};
/// A program of somebody else's (domain/clients). Its scopes say which of a client's rights it has.
struct ApiClient {
  std::string name;  ///< as it is written into the journal
};
using Asker = std::variant<System, SignedIn, CommandLine, ApiClient>;

}  // namespace sigap::core
