// What happened to clients.
#pragma once
#include "domain/clients/client.h"

namespace sigap::clients {

/// An administrator made a client. It may nothing until it is enabled.
struct ClientAdded {
  ClientId client;
  std::string name;
  StationCode station;
  std::set<Scope> scopes;
  std::set<Topic> topics;
  std::string url;
  PersonId by;
};

/// A client's record is this from now on.
struct ClientChanged {
  ClientId client;
  StationCode station;
  std::set<Scope> scopes;
  std::set<Topic> topics;
  std::string url;
  PersonId by;
};

/// A key was made for a client, and shown to whoever asked for it. It counts when the client is enabled.
struct ClientKeyMade {
  ClientId client;
  Personal<std::string> key;
  PersonId by;
};

/// The client may what its scopes say, with the newest key. The one before counts on until then.
struct ClientEnabled {
  ClientId client;
  std::optional<Instant> key_before_until;
};

/// The client may nothing any more.
struct ClientDisabled {
  ClientId client;
};

/// What a client asked for within a minute, summed up.
struct ClientHeard {
  ClientId client;
  std::int64_t served = 0;
  std::int64_t refused = 0;
  std::string refusal;  ///< the last one's code; empty: none
};

/// Something could not be told to a client; or, without trouble, it can be told again.
struct DeliveriesReported {
  ClientId client;
  std::string trouble;     ///< a code, and a status; empty: the client is reached
  std::vector<Dead> dead;  ///< given up, until an administrator asks for them again
};

/// An administrator asked that what was given up is told once more.
struct DeliveriesReplayed {
  ClientId client;
  PersonId by;
};

/// A client opened this report.
struct ReportTaken {
  IncidentId incident;
  ClientId client;
  std::string key;
};

}  // namespace sigap::clients
