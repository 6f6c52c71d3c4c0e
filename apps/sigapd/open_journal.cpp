#include "sigapd/open_journal.h"

#include <spdlog/spdlog.h>

#include "adapters/vault/vault_sodium.h"

namespace sigap::sigapd {
namespace {

using journal_sqlite::JournalSqlite;

Result<std::unique_ptr<JournalSqlite>> open_or_refuse(const config::Config& config, bool alone) {
  std::error_code error;
  for (const auto& folder : {config.data, config.keys}) {
    std::filesystem::create_directories(folder, error);
    if (error) return refuse("io", "cannot make the folder " + folder.string() + ": " + error.message());
  }
  std::filesystem::permissions(config.data, std::filesystem::perms::owner_all, error);
  std::filesystem::permissions(config.keys, std::filesystem::perms::owner_all, error);
  // The journal's lock first: two servers must not touch one vault. Of two machines none makes a master key.
  auto journal = JournalSqlite::open(config.data, config.keys, journal_sqlite::Mode::write,
                                     vault::journal_sealer(config.data, config.keys, vault::Use::owns, alone));
  if (!journal && journal.error().code == "unproved")
    return refuse("unproved", "the journal: " + journal.error().message +
                                  ". Nothing was changed. A person decides: sigap journal verify --data " +
                                  config.data.string() + " --keys " + config.keys.string() + " says how");
  return journal;
}

}  // namespace

Result<std::unique_ptr<JournalSqlite>> open_journal(const config::Config& config, const Cluster* cluster) {
  auto journal = open_or_refuse(config, !cluster);
  // "locked": another process of this machine serves, and has the address rightly.
  if (cluster && (journal || journal.error().code != "locked")) cluster->follow();
  if (!journal) return journal;
  if (!(*journal)->lost_tail().empty())  // a line that answers is worth more than one that asks questions first
    spdlog::critical("the end of the journal is not what was noted: {}; what was noted is head.lost in the key folder",
                     (*journal)->lost_tail());
  if (!(*journal)->believed().empty())
    spdlog::critical("{}: believed this once, as the program before would have, and sealed", (*journal)->believed());
  return journal;
}

}  // namespace sigap::sigapd
