// sigap forgotten: proof that what was forgotten cannot be read, with these keys and with copies of them.
#include <fmt/format.h>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/vault/vault_sodium.h"
#include "codec/event_codec.h"
#include "codec/state_codec.h"
#include "sigap/commands.h"
#include "sigap/forgotten.h"

namespace sigap::cli {

Result<Forgotten> forgotten_in(ports::Journal& journal) {
  Forgotten all;
  codec::NoKeys none;
  std::optional<Refusal> problem;
  auto head = journal.read(1, [&](const ports::JournalLine& line) {
    if (line.body.find("RecordsForgotten") == std::string::npos) return true;
    auto event = codec::read_event(line.body, none);
    if (!event) {
      problem = event.error();
      return false;
    }
    if (const auto* e = std::get_if<privacy::RecordsForgotten>(&event->body)) {
      for (auto& subject : subjects_of(e->records)) all.subjects.insert(std::move(subject));
      (e->basis == privacy::Basis::request ? all.by_request : all.by_retention) += e->records.size();
    }
    return true;
  });
  if (problem) return tl::unexpected(*problem);
  if (!head) return tl::unexpected(head.error());
  return all;
}

namespace {

namespace fs = std::filesystem;
using journal_sqlite::JournalSqlite;
using journal_sqlite::Mode;

/// Tries to open every value of some subjects, and nothing else.
class Trial final : public codec::Sealer {
 public:
  Trial(ports::Vault& vault, const Forgotten& forgotten) : vault_(vault), forgotten_(forgotten) {}
  std::string seal(std::string_view, std::string_view, std::string_view) override { return {}; }
  std::optional<std::string> open(std::string_view subject, std::string_view place, std::string_view sealed) override {
    if (!forgotten_.subjects.contains(subject)) return std::nullopt;
    ++tried;
    readable += vault_.open(subject, place, sealed).has_value();
    return std::nullopt;
  }
  std::size_t tried = 0, readable = 0;

 private:
  ports::Vault& vault_;
  const Forgotten& forgotten_;
};

/// With the keys in this pair of folders. Yields how many values can be read.
Result<std::size_t> attempt(ports::Journal& journal, const Forgotten& forgotten, const Folders& keys) {
  auto vault = vault::VaultSodium::unlock(keys.data, keys.keys, false, vault::Use::reads);
  if (!vault) return tl::unexpected(vault.error());
  Trial trial(**vault, forgotten);
  auto head =
      journal.read(1, [&](const ports::JournalLine& line) { return (void)codec::read_event(line.body, trial), true; });
  if (!head) return tl::unexpected(head.error());
  if (const auto checkpoint = journal.newest_checkpoint()) (void)codec::read_state(checkpoint->state, trial);
  fmt::print("keys of {}: {} sealed values of forgotten records, {} of them readable\n", keys.data.string(),
             trial.tried, trial.readable);
  return trial.readable;
}

int prove(const Folders& folders, const std::vector<fs::path>& copies) {
  auto journal = JournalSqlite::open(folders.data, folders.keys, Mode::read);
  if (!journal) return complain(journal.error());
  auto forgotten = forgotten_in(**journal);
  if (!forgotten) return complain(forgotten.error());
  fmt::print("{} records were forgotten on request, {} because their time was over\n", forgotten->by_request,
             forgotten->by_retention);
  std::size_t readable = 0;
  std::vector<Folders> all = {folders};
  for (const auto& copy : copies) {
    const bool parted = fs::exists(copy / "keys.sqlite");
    all.push_back(parted ? Folders{copy, copy} : Folders{copy / "data", copy / "keys"});
  }
  for (const auto& keys : all) {
    auto found = attempt(**journal, *forgotten, keys);
    if (!found) return complain(found.error());
    readable += *found;
  }
  if (readable == 0) return kDone;
  fmt::print("make that copy of the keys anew (sigap backup --keys-to), and destroy the old one\n");
  return kDoesNotHold;
}

}  // namespace

void add_forgotten(CLI::App& app, Run& run) {
  static Folders folders;
  static std::vector<fs::path> copies;
  auto* forgotten =
      app.add_subcommand("forgotten", "prove that what was forgotten cannot be read; exit code 1 when something can");
  add_folders(*forgotten, folders);
  forgotten->add_option("--copy", copies, "a backup's folder, or a copy of the keys (--keys-to): tried as well");
  forgotten->parse_complete_callback([&run] { run = [] { return prove(folders, copies); }; });
}

}  // namespace sigap::cli
