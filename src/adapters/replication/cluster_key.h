// The key that the machines of a cluster share: KEYS/cluster.key, 32 random bytes, mode 0600, put there by the
// administrator. Whoever has it can be a machine of this cluster.
#pragma once
#include <array>
#include <filesystem>

#include "base/result.h"

namespace sigap::replication {

using ClusterKey = std::array<unsigned char, 32>;

/// Refusals: "no_key" (missing, or of a wrong size), "key_open_to_others" (its mode is not 0600).
Result<ClusterKey> load_cluster_key(const std::filesystem::path& key_folder);

}  // namespace sigap::replication
