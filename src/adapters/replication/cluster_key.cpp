#include "adapters/replication/cluster_key.h"

namespace sigap::replication {

Result<ClusterKey> load_cluster_key(const std::filesystem::path& key_folder) {
  namespace fs = std::filesystem;
  const auto file = key_folder / "cluster.key";
  std::error_code error;
  if (!fs::exists(file, error))
    return refuse(
        "no_key",
        "there is no cluster key: head -c 32 /dev/urandom, the same on every machine, mode 0600, in " + file.string());
  auto key = keys::read_key(file, "cluster key");
  if (key && fs::file_size(file, error) != key->size()) return refuse("no_key", file.string() + " must have 32 bytes");
  return key;
}

ClusterKey pair_key(const ClusterKey& cluster, const keys::Key& master) {
  // Keyed by one, over the other: whoever lacks either cannot tell it from a random one.
  return keys::derive(keys::derive(master, "cluster"), {reinterpret_cast<const char*>(cluster.data()), cluster.size()});
}

}  // namespace sigap::replication
