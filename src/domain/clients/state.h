// The clients there are, and the reports of theirs that are in the live state.
#pragma once
#include <map>

#include "base/id_map.h"
#include "domain/clients/client_events.h"

namespace sigap::clients {

struct State {
  std::int64_t next = 1;  ///< number of a client
  IdMap<ClientId, Client> clients;
  std::map<std::string, ClientId> by_name;
  IdMap<IncidentId, Report> reports;
  std::map<std::pair<ClientId, std::string>, IncidentId> by_key;

  void apply(const ClientAdded& e);
  void apply(const ClientChanged& e);
  void apply(const ClientKeyMade& e);
  void apply(const ClientEnabled& e);
  void apply(const ClientDisabled& e);
  void apply(const ClientHeard& e, Instant at);
  void apply(const DeliveriesReported& e, Instant at);
  void apply(const DeliveriesReplayed& e);
  void apply(const ReportTaken& e);
  void forget(IncidentId report);

  const Client* find(ClientId id) const;
  const Client* find(const std::string& name) const;
  /// The live report that this client opened by this key.
  std::optional<IncidentId> report_of(ClientId client, const std::string& key) const;
};

}  // namespace sigap::clients
