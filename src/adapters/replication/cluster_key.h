// The keys between the machines of a cluster.
//   cluster key   KEYS/cluster.key, 32 random bytes, mode 0600, put there by the administrator: on both machines and at
//                 the witness. Whoever has it can speak to the witness, and to nobody else
//   pair key      of the cluster key and the master key together, which only the two machines have: leader and standby
#pragma once
#include <filesystem>

#include "base/result.h"
#include "keys/key.h"

namespace sigap::replication {

using ClusterKey = keys::Key;

/// Refusals: "no_key" (missing, or of a wrong size), "key_open_to_others" (its mode is not 0600).
Result<ClusterKey> load_cluster_key(const std::filesystem::path& key_folder);

ClusterKey pair_key(const ClusterKey& cluster, const keys::Key& master);

}  // namespace sigap::replication
