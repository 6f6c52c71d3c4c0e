// sigap journal verify | show | replay | format | raise-format | accept | set-aside
#include <fmt/format.h>

#include <map>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/vault/vault_sodium.h"
#include "base/hash.h"
#include "codec/event_codec.h"
#include "codec/shown_sealer.h"
#include "codec/state_codec.h"
#include "installation/control_client.h"
#include "keys/key.h"
#include "runtime/engine.h"
#include "runtime/vault_sealer.h"
#include "sigap/commands.h"
#include "sigap/decisions.h"

namespace sigap::cli {
namespace {

using journal_sqlite::JournalSqlite;
using journal_sqlite::Mode;

constexpr const char* kHowToSettle =
    "nothing of it is served. Look at it (sigap journal show --from POSITION), then, with the server stopped, either\n"
    "  sigap journal accept --reason TEXT      they are ours, and all that there is: a program from before seals was\n"
    "                                          put back for a while\n"
    "  sigap journal set-aside --reason TEXT   they are not: they go to a file in the data folder, which is then\n"
    "                                          the only copy of these lines";
constexpr const char* kHowToSettleACut =
    "what is here is served. Look for the rest (the other machine, a backup); where there is none, with the server "
    "stopped,\n"
    "  sigap journal accept --reason TEXT      it is all that there is: the note of more is kept as head.lost";

int complain_of_end(const Refusal& why) {
  const int code = complain(why);
  if (why.code == "unproved") fmt::print(stderr, "{}\n", kHowToSettle);
  if (why.code == "cut") fmt::print(stderr, "{}\n", kHowToSettleACut);
  return code;
}

int verify(const Folders& folders) {
  // Without the master key (an auditor's copy) the chain alone is checked.
  const auto key = keys::read_key(folders.keys / "master.key", "master key");
  const auto sealer =
      key ? vault::journal_sealer(folders.data, folders.keys, vault::Use::reads) : ports::JournalSealMaker();
  auto journal = JournalSqlite::open(folders.data, folders.keys, Mode::read, sealer);
  if (!journal) return complain(journal.error());
  auto head = (*journal)->verify();
  if (!head) return complain_of_end(head.error());
  fmt::print("whole: {} events, head {}\n", head->position, head->hash);
  if (!key) fmt::print("its seals were not checked: {}\n", key.error().message);
  return kDone;
}

/// A person decides about an end that is not proved.
int settle(const Folders& folders, bool accept, const std::string& reason) {
  auto journal = JournalSqlite::open(folders.data, folders.keys, Mode::settle,
                                     vault::journal_sealer(folders.data, folders.keys, vault::Use::owns));
  if (!journal) return complain(journal.error());
  const auto tail = (*journal)->unproved();
  const auto& lost = (*journal)->lost_tail();
  if (!tail && accept && !lost.empty()) {  // the lines are ours; the note is not, or tells of more
    if (auto noted = note_decision(folders, "accepts the end although " + lost, reason); !noted)
      return complain(noted.error());
    if (auto head = (*journal)->accept_unproved(); !head) return complain(head.error());
    fmt::print("accepted, although {}\n", lost);
    return kDone;
  }
  if (!tail) {
    fmt::print("nothing to decide: all {} events are proved\n", (*journal)->head().position);
    return kDone;
  }
  if (!accept && tail->first == 1)
    return complain({"unproved", "", "nothing of this journal is proved: accept it, or restore a backup"});
  auto lines = fmt::format("{} lines, positions {} to {} of head {}", tail->last - tail->first + 1, tail->first,
                           tail->last, (*journal)->head().hash);
  if (tail->noted > tail->last) lines += fmt::format("; {} events were noted, {} are here", tail->noted, tail->last);
  if (auto noted = note_decision(folders, (accept ? "accepts " : "sets aside ") + lines, reason); !noted)
    return complain(noted.error());
  if (!accept) {
    auto file = (*journal)->move_aside_after(tail->first - 1);
    if (!file) return complain(file.error());
    fmt::print("set aside: {}, now in {}, the only copy of these lines: keep it\n", lines, *file);
    return kDone;
  }
  auto head = (*journal)->accept_unproved();
  if (!head) return complain(head.error());
  fmt::print("accepted: {}\n", lines);
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

int format(const Folders& folders) {
  auto journal = JournalSqlite::open(folders.data, folders.keys, Mode::read);
  if (!journal) return complain(journal.error());
  codec::NoKeys none;
  auto state = runtime::replay(**journal, none);
  if (!state) return complain(state.error());
  fmt::print("the journal is of format {}; this program reads and writes up to {}\n", state->format, core::kFormat);
  if (state->format < core::kFormat)
    fmt::print("programs of before read it, and what is new in {} is not available (sigap journal raise-format)\n",
               core::kFormat);
  return kDone;
}

int raise_format(const std::filesystem::path& data) {
  installation::ControlClient client;
  auto raised = client.connect(data);
  if (raised) raised = client.raise_format();
  if (!raised) return complain(raised.error());
  fmt::print("raised: programs of before refuse this journal from now on\n");
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
  codec::ShownSealer shown;
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
  auto* journal = app.add_subcommand("journal", "look at the journal, and decide about an end that is not proved");
  journal->require_subcommand(1);
  auto* verify_app =
      journal->add_subcommand("verify", "read it all: flipped, missing, swapped, cut, written by somebody else");
  add_folders(*verify_app, folders);
  verify_app->parse_complete_callback([&run] { run = [] { return verify(folders); }; });
  auto* replay_app = journal->add_subcommand("replay", "fold it without any key; print position and state hash");
  add_folders(*replay_app, folders);
  replay_app->parse_complete_callback([&run] { run = [] { return replay(folders); }; });
  auto* format_app = journal->add_subcommand("format", "print which programs can read it: its format, and ours");
  add_folders(*format_app, folders);
  format_app->parse_complete_callback([&run] { run = [] { return format(folders); }; });
  auto* raise_app = journal->add_subcommand(
      "raise-format", "of a running server: what is new becomes available, the upgrade cannot be taken back any more");
  raise_app->add_option("--data", folders.data, "data folder")->required();
  raise_app->parse_complete_callback([&run] { run = [] { return raise_format(folders.data); }; });
  auto* show_app = journal->add_subcommand("show", "print events, personal data sealed unless a reason is given");
  add_folders(*show_app, folders);
  show_app->add_option("--from", from, "first position")->check(CLI::PositiveNumber);
  show_app->add_option("--most", most, "how many events at the most (default 100)")->check(CLI::PositiveNumber);
  show_app->add_option("--reason", reason, "why personal data is opened (needs the key folder)");
  show_app->parse_complete_callback([&run] { run = [] { return show(folders, from, most, reason); }; });
  const auto add_settling = [&](const char* name, const char* about, bool accept) {
    auto* settling = journal->add_subcommand(name, about);
    add_folders(*settling, folders);
    settling->add_option("--reason", reason, "why; it is kept in the key folder (decisions)")->required();
    settling->parse_complete_callback([&run, accept] { run = [accept] { return settle(folders, accept, reason); }; });
  };
  add_settling("accept", "the lines at the end that are not proved are ours: seal them (server stopped)", true);
  add_settling("set-aside", "they are not: move them to a file in the data folder (server stopped)", false);
}

}  // namespace sigap::cli
