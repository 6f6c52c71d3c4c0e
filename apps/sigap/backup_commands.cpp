// sigap backup | restore: journal, data keys and master key, to one folder and back.
#include <fmt/format.h>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/vault/vault_sodium.h"
#include "base/hash.h"
#include "codec/state_codec.h"
#include "runtime/engine.h"
#include "sigap/commands.h"
#include "sqlite/copy.h"

namespace sigap::cli {
namespace {

namespace fs = std::filesystem;

/// Copies an installation. The journal and then the keys: so every event of the copy has its key there. Before them the
/// checkpoints, so that they are of events in the copy; without them only its first start takes longer.
Result<bool> copy_installation(const Folders& from, const Folders& to) {
  std::error_code error;
  for (const auto& folder : {to.data, to.keys}) {
    fs::create_directories(folder, error);
    fs::permissions(folder, fs::perms::owner_all, error);
  }
  (void)sqlite::copy_database(from.data / "checkpoints.sqlite", to.data / "checkpoints.sqlite");
  for (const char* file : {"journal.sqlite", "keys.sqlite"})
    if (auto copied = sqlite::copy_database(from.data / file, to.data / file); !copied) return copied;
  for (const char* file : {"master.key", "head"}) {
    if (!fs::exists(from.keys / file)) continue;
    if (fs::exists(to.keys / file)) return refuse("exists", std::string("there is a ") + file + " already");
    if (!fs::copy_file(from.keys / file, to.keys / file, error))
      return refuse("io", std::string(file) + " cannot be copied");
  }
  fs::permissions(to.keys / "master.key", fs::perms::owner_read | fs::perms::owner_write, error);
  return true;
}

auto open_sealed(const Folders& folders) {
  return journal_sqlite::JournalSqlite::open(folders.data, folders.keys, journal_sqlite::Mode::read,
                                             vault::journal_sealer(folders.data, folders.keys, vault::Use::reads));
}

/// Verified, opened with its keys, folded: what a restore must give.
Result<std::string> proof(const Folders& folders) {
  auto journal = open_sealed(folders);
  if (!journal) return tl::unexpected(journal.error());
  if (auto head = (*journal)->verify(); !head) return tl::unexpected(head.error());
  codec::NoKeys none;
  auto state = runtime::replay(**journal, none);
  if (!state) return tl::unexpected(state.error());
  return fmt::format("position {}, state {}", state->position, sha256_hex(codec::hashable_text(*state)));
}

/// The head that was noted lags by up to a second: the copy, once proved, has its own.
Result<bool> note_exact_head(const Folders& folders) {
  auto journal = open_sealed(folders);
  if (!journal) return tl::unexpected(journal.error());
  (*journal)->note_head();
  return true;
}

/// What does not prove whole must not stand there as if it were, nor be in the way of the next try.
int give_up(const Folders& to, const Refusal& why) {
  std::error_code ignored;
  for (const std::string file : {"journal.sqlite", "checkpoints.sqlite", "keys.sqlite"})
    for (const char* part : {"", "-wal", "-shm"}) fs::remove(to.data / (file + part), ignored);
  for (const char* file : {"master.key", "head"}) fs::remove(to.keys / file, ignored);
  return complain(why);
}

int copy_and_prove(const Folders& from, const Folders& to) {
  for (const auto& file :
       {to.data / "journal.sqlite", to.data / "checkpoints.sqlite", to.data / "keys.sqlite", to.keys / "master.key"})
    if (fs::exists(file)) return complain({"exists", "", "there is a " + file.filename().string() + " already"});
  if (auto copied = copy_installation(from, to); !copied) return give_up(to, copied.error());
  auto proven = proof(to);
  if (!proven) return give_up(to, proven.error());
  if (auto noted = note_exact_head(to); !noted) return complain(noted.error());
  fmt::print("{}\n", *proven);
  return kDone;
}

}  // namespace

void add_backup(CLI::App& app, Run& run) {
  static Folders folders;
  static fs::path place;
  auto* backup = app.add_subcommand(
      "backup", "copy journal and keys to a new folder, also while the server runs; proves the copy");
  add_folders(*backup, folders);
  backup->add_option("--to", place, "the backup's folder")->required();
  backup->parse_complete_callback([&run] {
    run = [] { return copy_and_prove(folders, {place / "data", place / "keys"}); };
  });
  auto* restore = app.add_subcommand("restore", "copy a backup into new folders and prove that it is whole");
  add_folders(*restore, folders);
  restore->add_option("--from", place, "the backup's folder")->required();
  restore->parse_complete_callback([&run] {
    run = [] { return copy_and_prove({place / "data", place / "keys"}, folders); };
  });
}

}  // namespace sigap::cli
