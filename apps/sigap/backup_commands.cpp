// sigap backup | restore: journal and keys, to folders and back.
// The journal's copy (BACKUP/data, BACKUP/keys/head) may be kept for years and anywhere: it is sealed. The keys' copy
// (--keys-to: master key and data keys) belongs elsewhere, and there is one, the newest: a later copy of the keys opens
// an older journal, but for what was forgotten since. So what is forgotten is gone from every backup once the keys were
// copied again.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <set>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/vault/vault_sodium.h"
#include "base/hash.h"
#include "codec/state_codec.h"
#include "runtime/engine.h"
#include "sigap/commands.h"
#include "sigap/forgotten.h"
#include "sqlite/copy.h"

namespace sigap::cli {
namespace {

namespace fs = std::filesystem;

constexpr fs::perms kMine = fs::perms::owner_read | fs::perms::owner_write;

/// Where the parts of an installation, or of a copy of it, are.
struct Places {
  fs::path data;      ///< journal.sqlite, checkpoints.sqlite
  fs::path head;      ///< the folder of the noted head
  fs::path subjects;  ///< the folder of keys.sqlite
  fs::path master;    ///< the folder of master.key
};

Places of(const Folders& f) {
  return {f.data, f.keys, f.data, f.keys};
}
Places of_backup(const fs::path& place, const fs::path& keys) {
  if (keys.empty()) return of(Folders{place / "data", place / "keys"});
  return {place / "data", place / "keys", keys, keys};
}

Result<bool> make_folders(const Places& at) {
  std::error_code error;
  for (const auto& folder : {at.data, at.head, at.subjects, at.master}) {
    fs::create_directories(folder, error);
    if (error) return refuse("io", "cannot make the folder " + folder.string() + ": " + error.message());
    fs::permissions(folder, fs::perms::owner_all, error);
  }
  return true;
}

Result<bool> copy_small(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (!fs::exists(from)) return true;
  if (fs::exists(to)) return refuse("exists", "there is a " + to.filename().string() + " already");
  if (!fs::copy_file(from, to, error)) return refuse("io", to.filename().string() + " cannot be copied");
  fs::permissions(to, kMine, error);
  return true;
}

/// The journal and then the keys: so every event of the copy has its key there. Before them the checkpoints, so that
/// they are of events in the copy; without them only its first start takes longer.
Result<bool> copy_all(const Places& from, const Places& to) {
  if (auto made = make_folders(to); !made) return made;
  // The noted head first: one that was noted while the journal was being copied would be beyond the copy's end.
  if (auto done = copy_small(from.head / "head", to.head / "head"); !done) return done;
  (void)sqlite::copy_database(from.data / "checkpoints.sqlite", to.data / "checkpoints.sqlite");
  if (auto done = sqlite::copy_database(from.data / "journal.sqlite", to.data / "journal.sqlite"); !done) return done;
  if (auto done = sqlite::copy_database(from.subjects / "keys.sqlite", to.subjects / "keys.sqlite"); !done) return done;
  if (auto done = copy_small(from.master / "evidence.key", to.master / "evidence.key"); !done) return done;
  return copy_small(from.master / "master.key", to.master / "master.key");
}

auto open_sealed(const Places& at) {
  return journal_sqlite::JournalSqlite::open(at.data, at.head, journal_sqlite::Mode::read,
                                             vault::journal_sealer(at.subjects, at.master, vault::Use::reads));
}

/// Keys that are older than the journal may still hold what was forgotten since.
Result<bool> forget_again(const Places& at) {
  auto journal = open_sealed(at);
  if (!journal) return tl::unexpected(journal.error());
  auto forgotten = forgotten_in(**journal);
  if (!forgotten) return tl::unexpected(forgotten.error());
  if (forgotten->subjects.empty()) return true;
  auto vault = vault::VaultSodium::unlock(at.subjects, at.master, false);
  if (!vault) return tl::unexpected(vault.error());
  return (*vault)->forget({forgotten->subjects.begin(), forgotten->subjects.end()});
}

/// Verified, opened with its keys, folded: what a restore must give.
Result<std::string> proof(const Places& at) {
  auto journal = open_sealed(at);
  if (!journal) return tl::unexpected(journal.error());
  if (auto head = (*journal)->verify(); !head) return tl::unexpected(head.error());
  codec::NoKeys none;
  auto state = runtime::replay(**journal, none);
  if (!state) return tl::unexpected(state.error());
  return fmt::format("position {}, state {}", state->position, sha256_hex(codec::hashable_text(*state)));
}

/// The head that was noted lags by up to a second: the copy, once proved, has its own.
Result<bool> note_exact_head(const Places& at) {
  auto journal = open_sealed(at);
  if (!journal) return tl::unexpected(journal.error());
  (*journal)->note_head();
  return true;
}

/// What does not prove whole must not stand there as if it were, nor be in the way of the next try.
int give_up(const Places& to, const Refusal& why) {
  std::error_code ignored;
  for (const char* part : {"", "-wal", "-shm"}) {
    for (const std::string file : {"journal.sqlite", "checkpoints.sqlite"})
      fs::remove(to.data / (file + part), ignored);
    fs::remove(to.subjects / (std::string("keys.sqlite") + part), ignored);
  }
  for (const char* key : {"master.key", "evidence.key"}) fs::remove(to.master / key, ignored);
  fs::remove(to.head / "head", ignored);
  return complain(why);
}

int copy_and_prove(const Places& from, const Places& to) {
  for (const auto& file : {to.data / "journal.sqlite", to.data / "checkpoints.sqlite", to.subjects / "keys.sqlite",
                           to.master / "master.key"})
    if (fs::exists(file)) return complain({"exists", "", "there is a " + file.filename().string() + " already"});
  if (auto copied = copy_all(from, to); !copied) return give_up(to, copied.error());
  if (auto done = forget_again(to); !done) return give_up(to, done.error());
  auto proven = proof(to);
  if (!proven) return give_up(to, proven.error());
  if (auto noted = note_exact_head(to); !noted) return complain(noted.error());
  fmt::print("{}\n", *proven);
  return kDone;
}

std::int64_t position_of(const fs::path& head) {
  std::int64_t position = 0;
  std::ifstream(head) >> position;
  return position;
}

/// Nothing but a copy of keys may be replaced: a slip of the pen must not cost an installation.
std::optional<Refusal> keys_place_objection(const Folders& from, const fs::path& place, const fs::path& keys) {
  const auto inside = [](const fs::path& a, const fs::path& b) {
    const auto relative = a.lexically_relative(b);
    return !relative.empty() && *relative.begin() != "..";
  };
  for (const auto& other : {place, from.data, from.keys}) {
    const auto whole = fs::weakly_canonical(other);
    if (inside(keys, whole) || inside(whole, keys))
      return Refusal{"invalid", "", "--keys-to must be a place apart from " + other.string()};
  }
  static const std::set<std::string> kOurs = {"keys.sqlite", "keys.sqlite-wal", "keys.sqlite-shm",
                                              "master.key",  "evidence.key",    "head"};
  std::error_code error;
  for (const auto& folder : {keys, fs::path(keys.string() + ".old"), fs::path(keys.string() + ".new")})
    for (const auto& entry : fs::directory_iterator(folder, error))
      if (!kOurs.contains(entry.path().filename()))
        return Refusal{"exists", "", "there is more than a copy of keys in " + folder.string()};
  return {};
}

/// What is in these files and folders is on the disk.
bool durable(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> all = {folder, folder.parent_path()};
  for (const auto& entry : fs::directory_iterator(folder, error)) all.push_back(entry.path());
  for (const auto& each : all) {
    const int fd = ::open(each.c_str(), O_RDONLY | O_CLOEXEC);
    const bool good = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (!good) return false;
  }
  return !error;
}

/// The copy of the keys is made beside the one before and takes its place when all is proved.
int back_up_parted(const Folders& from, const fs::path& place, const fs::path& keys_to) {
  auto keys = fs::weakly_canonical(keys_to);
  if (!keys.has_filename()) keys = keys.parent_path();
  if (auto wrong = keys_place_objection(from, place, keys)) return complain(*wrong);
  const fs::path fresh = keys.string() + ".new", old = keys.string() + ".old";
  std::error_code error;
  if (!fs::exists(keys) && fs::exists(old)) fs::rename(old, keys, error);  // interrupted between the two names
  fs::remove_all(fresh, error);
  const auto to = of_backup(place, fresh);
  if (const int failed = copy_and_prove(of(from), to); failed != kDone) return failed;
  if (auto noted = copy_small(to.head / "head", fresh / "head"); !noted) return complain(noted.error());
  if (!durable(fresh)) return complain({"io", "", "the copy of the keys cannot be made durable"});
  fs::remove_all(old, error);
  if (fs::exists(keys)) fs::rename(keys, old, error);
  if (!error) fs::rename(fresh, keys, error);
  if (error) return complain({"io", "", "the copy of the keys cannot take its place: " + error.message()});
  (void)durable(keys);
  fs::remove_all(old, error);  // with what was forgotten since
  return kDone;
}

int back_up(const Folders& from, const fs::path& place, const fs::path& keys) {
  if (!keys.empty()) return back_up_parted(from, place, keys);
  fmt::print(stderr,
             "sigap: this backup lies beside its own master key: whoever takes it reads everything, and what is "
             "forgotten later stays readable in it; --keys-to DIR parts them\n");
  return copy_and_prove(of(from), of_backup(place, {}));
}

int restore(const fs::path& place, const fs::path& keys, const Folders& to, bool anyway) {
  const auto from = of_backup(place, keys);
  if (!keys.empty() && !anyway && position_of(keys / "head") < position_of(from.head / "head"))
    return complain({"keys_older", "",
                     "these keys were copied before the journal was: the personal data of what came later cannot be "
                     "read; --anyway goes on"});
  if (!fs::exists(from.master / "master.key"))
    return complain({"no_key", "", "there is no master key in this backup: say --keys-from DIR"});
  return copy_and_prove(from, of(to));
}

}  // namespace

void add_backup(CLI::App& app, Run& run) {
  static Folders folders;
  static fs::path place, keys;
  static bool anyway = false;
  auto* backup =
      app.add_subcommand("backup", "copy journal and keys to new folders, also while the server runs; proves the copy");
  add_folders(*backup, folders);
  backup->add_option("--to", place, "the backup's folder")->required();
  backup->add_option("--keys-to", keys, "the keys' folder, apart from it; the copy that is there is replaced");
  backup->parse_complete_callback([&run] { run = [] { return back_up(folders, place, keys); }; });
  auto* restore_app = app.add_subcommand("restore", "copy a backup into new folders and prove that it is whole");
  add_folders(*restore_app, folders);
  restore_app->add_option("--from", place, "the backup's folder")->required();
  restore_app->add_option("--keys-from", keys, "the folder of the keys' newest copy");
  restore_app->add_flag("--anyway", anyway, "also with keys that are older than the journal");
  restore_app->parse_complete_callback([&run] { run = [] { return restore(place, keys, folders, anyway); }; });
}

}  // namespace sigap::cli
