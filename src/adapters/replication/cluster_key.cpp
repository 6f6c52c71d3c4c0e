#include "adapters/replication/cluster_key.h"

#include <fstream>

namespace sigap::replication {

Result<ClusterKey> load_cluster_key(const std::filesystem::path& key_folder) {
  namespace fs = std::filesystem;
  const auto file = key_folder / "cluster.key";
  std::error_code error;
  const auto facts = fs::status(file, error);
  if (!fs::exists(facts))
    return refuse(
        "no_key",
        "there is no cluster key: head -c 32 /dev/urandom, the same on every machine, mode 0600, in " + file.string());
  if ((facts.permissions() & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none)
    return refuse("key_open_to_others", file.string() + " must have mode 0600");
  ClusterKey key{};
  std::ifstream in(file, std::ios::binary);
  in.read(reinterpret_cast<char*>(key.data()), static_cast<std::streamsize>(key.size()));
  if (fs::file_size(file, error) != key.size() || in.gcount() != static_cast<std::streamsize>(key.size()))
    return refuse("no_key", file.string() + " must have 32 bytes");
  return key;
}

}  // namespace sigap::replication
