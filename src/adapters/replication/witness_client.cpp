#include "adapters/replication/witness_client.h"

namespace sigap::replication {

Result<WitnessAnswer> WitnessClient::ask(const WitnessRequest& request) {
  const std::lock_guard lock(mutex_);
  auto bytes = requester_.ask(write(request), in(kPatience));
  if (!bytes) return tl::unexpected(bytes.error());
  auto answer = read_witness_answer(*bytes);
  if (answer && !answer->code.empty()) return refuse(answer->code, answer->message);
  return answer;
}

}  // namespace sigap::replication
