// sigap journal verify | show | replay
#include <fmt/format.h>

#include <map>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/vault/vault_sodium.h"
#include "base/hash.h"
#include "codec/event_codec.h"
#include "codec/state_codec.h"
#include "runtime/engine.h"
#include "runtime/vault_sealer.h"
#include "sigap/commands.h"

namespace sigap::cli {
namespace {

using journal_sqlite::JournalSqlite;
using journal_sqlite::Mode;

int verify(const Folders& folders) {
  auto journal = JournalSqlite::open(folders.data, folders.keys, Mode::read);
  if (!journal) return complain(journal.error());
  auto head = (*journal)->verify();
  if (!head) return complain(head.error());
  fmt::print("whole: {} events, head {}\n", head->position, head->hash);
  return kDone;
}

int replay(const Folders& folders) {
  auto journal = JournalSqlite::open(folders.data, folders.keys, Mode::read);
  if (!journal) return complain(journal.error());
  codec::NoKeys none;
  auto state = runtime::replay(**journal, none);
  if (!state) return complain(state.error());
  fmt::print("position {}, state {}\n", state->position, sha256_hex(codec::hashable_text(*state)));
  return kDone;
}

/// Without a reason personal data stays sealed. With one it is opened, and that it was is printed first: an audit of
/// who looked is kept by the shell's own records until the server keeps it.
int show(const Folders& folders, std::int64_t from, std::int64_t most, const std::string& reason) {
  auto journal = JournalSqlite::open(folders.data, folders.keys, Mode::read);
  if (!journal) return complain(journal.error());
  std::unique_ptr<vault::VaultSodium> vault;
  if (!reason.empty()) {
    auto unlocked = vault::VaultSodium::unlock(folders.data, folders.keys, false, vault::Use::reads);
    if (!unlocked) return complain(unlocked.error());
    vault = std::move(*unlocked);
    fmt::print(stderr, "sigap: personal data is shown; reason: {}\n", reason);
  }
  /// Writes opened values in the open, unopened ones as nothing.
  struct Shown final : codec::Sealer {
    std::string seal(std::string_view, std::string_view, std::string_view plain) override { return std::string(plain); }
    std::optional<std::string> open(std::string_view, std::string_view, std::string_view) override {
      return std::nullopt;
    }
  } shown;
  auto head = (*journal)->read(from, [&](const ports::JournalLine& line) {
    if (line.position >= from + most) return false;
    if (!vault) {
      fmt::print("{}\n", line.body);
      return true;
    }
    runtime::VaultSealer sealer(*vault);
    auto event = codec::read_event(line.body, sealer);
    fmt::print("{}\n", event ? codec::write_event(*event, shown) : line.body);
    return true;
  });
  return head ? kDone : complain(head.error());
}

}  // namespace

void add_journal(CLI::App& app, Run& run) {
  static Folders folders;
  static std::int64_t from = 1, most = 100;
  static std::string reason;
  auto* journal = app.add_subcommand("journal", "look at the journal");
  journal->require_subcommand(1);
  auto* verify_app = journal->add_subcommand("verify", "read it all: flipped, missing, swapped, cut");
  add_folders(*verify_app, folders);
  verify_app->parse_complete_callback([&run] { run = [] { return verify(folders); }; });
  auto* replay_app = journal->add_subcommand("replay", "fold it without any key; print position and state hash");
  add_folders(*replay_app, folders);
  replay_app->parse_complete_callback([&run] { run = [] { return replay(folders); }; });
  auto* show_app = journal->add_subcommand("show", "print events, personal data sealed unless a reason is given");
  add_folders(*show_app, folders);
  show_app->add_option("--from", from, "first position")->check(CLI::PositiveNumber);
  show_app->add_option("--most", most, "how many events at the most (default 100)")->check(CLI::PositiveNumber);
  show_app->add_option("--reason", reason, "why personal data is opened (needs the key folder)");
  show_app->parse_complete_callback([&run] { run = [] { return show(folders, from, most, reason); }; });
}

}  // namespace sigap::cli
