// Asks a machine of the cluster and waits for its answer; connects when it must. After any failure the connection is
// dropped, so an answer that comes too late is never taken for another's. Used by one thread at a time.
#pragma once
#include <memory>
#include <string>

#include "adapters/replication/link.h"

namespace sigap::replication {

class Requester {
 public:
  /// Whoever is there says so within a network's round trip, however long the answer itself may take; own.
  static constexpr std::chrono::milliseconds kDial{1000};

  Requester(Address to, const ClusterKey& key, Service service)
      : to_(std::move(to)), key_(key), service_(std::move(service)) {}

  /// Refusals of Link.
  Result<std::string> ask(const std::string& message, Deadline deadline);
  /// The two halves of ask(), for who has something to do meanwhile.
  Result<bool> begin(const std::string& message, Deadline deadline);
  Result<std::string> finish(Deadline deadline);
  void drop() { link_.reset(); }

 private:
  Address to_;
  ClusterKey key_;
  Service service_;
  std::unique_ptr<Link> link_;
};

}  // namespace sigap::replication
