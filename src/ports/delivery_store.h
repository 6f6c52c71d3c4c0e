// What other programs are to be told, until they were: the outbox behind the journal.
// Invariants: what was made of events and how far the journal was read are one transaction; of one incident a client is
// told in the journal's order; nothing in it is personal.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/clients/client.h"
#include "ports/journal.h"

namespace sigap::ports {

struct Delivery {
  std::int64_t id = 0;
  ClientId client;
  clients::Topic topic = clients::Topic::alert;
  std::string type;    ///< "alert.raised", "incident.changed", ...
  std::string stands;  ///< the alert's status or end, by its label; of incidents empty
  IncidentId incident;
  AlertId alert;
  PersonId unit;
  std::int64_t position = 0;  ///< of the event
  std::string event;          ///< its id
  Instant at;                 ///< of the event
  Instant since;              ///< from when on it is tried
  std::int64_t tries = 0;
};

class DeliveryStore {
 public:
  virtual ~DeliveryStore() = default;
  virtual JournalHead head() = 0;
  virtual Result<bool> begin_anew() = 0;
  /// Of an empty one: the journal is read from behind here.
  virtual Result<bool> begin_behind(const JournalHead& head) = 0;

  struct Batch {
    std::vector<Delivery> added;
    std::vector<ClientId> emptied;   ///< told nothing any more
    std::vector<ClientId> replayed;  ///< what was given up is tried again
    Instant now;
  };
  /// All or nothing. A change of an incident is not added while one waits that was not tried yet; what is beyond
  /// kWaitingMost of a client's is given up at once. Yields what was.
  virtual Result<std::vector<Delivery>> take(const Batch& batch, const JournalHead& head) = 0;
  /// Clients for whom something waits.
  virtual std::vector<ClientId> waiting() = 0;
  /// What a client can be told now: of each incident the oldest that waits.
  virtual std::vector<Delivery> due(ClientId client, Instant now, std::int64_t most) = 0;
  /// What waits since before then.
  virtual std::vector<Delivery> older(clients::Topic topic, Instant since, std::int64_t most) = 0;
  virtual Result<bool> delivered(std::int64_t id) = 0;
  /// It is tried again at that time.
  virtual Result<bool> tried(std::int64_t id, Instant again) = 0;
  virtual Result<bool> give_up(std::int64_t id) = 0;

  static constexpr std::int64_t kWaitingMost = 10'000;  ///< of a client: a day of a province's alerts; own
  static constexpr std::int64_t kDeadMost = 10'000;     ///< of a client, given up; the oldest go; own
};

}  // namespace sigap::ports
