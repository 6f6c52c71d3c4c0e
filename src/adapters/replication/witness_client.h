// Asks the witness. Thread-safe; one question at a time, each with a deadline.
#pragma once
#include <mutex>

#include "adapters/replication/requester.h"
#include "adapters/replication/witness_server.h"

namespace sigap::replication {

class WitnessClient {
 public:
  static constexpr std::chrono::milliseconds kPatience{500};  ///< a lease is 3 s: six questions; own

  WitnessClient(Address witness, const ClusterKey& key) : requester_(std::move(witness), key, kWitnessService) {}
  /// Refusals: Link's when it was not reached, else the witness's code.
  Result<WitnessAnswer> ask(const WitnessRequest& request);

 private:
  std::mutex mutex_;
  Requester requester_;
};

}  // namespace sigap::replication
