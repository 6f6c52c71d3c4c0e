// sigap evidence key | export | verify
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/photographs/sealed_folder.h"
#include "adapters/vault/vault_sodium.h"
#include "evidence/export.h"
#include "evidence/verify.h"
#include "sigap/commands.h"
#include "sigap/decisions.h"

namespace sigap::cli {
namespace {

namespace fs = std::filesystem;
using journal_sqlite::JournalSqlite;
using journal_sqlite::Mode;

constexpr const char* kKeyName = "key that signs evidence";

struct Options {
  Folders folders;
  std::int64_t call = 0;
  std::string reason, key;
  fs::path into, recordings, archive, journal;
};

fs::path key_file(const Folders& folders) {
  return folders.keys / "evidence.key";
}

/// Makes it the first time; prints what is to be published.
int show_key(const Folders& folders) {
  std::error_code error;
  if (!fs::exists(key_file(folders), error)) {
    if (auto made = keys::make_key(key_file(folders), kKeyName); !made) return complain(made.error());
    fmt::print("made: {}, keep a copy of it where the master key's copy is\n", key_file(folders).string());
  }
  auto seed = keys::read_key(key_file(folders), kKeyName);
  if (!seed) return complain(seed.error());
  const evidence::Signer signer(*seed);
  fmt::print("fingerprint {}\n{}", evidence::fingerprint_of(signer.public_key()),
             evidence::pem_of(signer.public_key()));
  return kDone;
}

int make(const Options& o) {
  auto seed = keys::read_key(key_file(o.folders), kKeyName);
  if (!seed) return complain(Refusal{seed.error().code, "", seed.error().message + " (sigap evidence key makes it)"});
  auto journal = JournalSqlite::open(o.folders.data, o.folders.keys, Mode::read,
                                     vault::journal_sealer(o.folders.data, o.folders.keys, vault::Use::reads));
  if (!journal) return complain(journal.error());
  auto vault = vault::VaultSodium::unlock(o.folders.data, o.folders.keys, false, vault::Use::reads);
  if (!vault) return complain(vault.error());
  // Before anything is read: who asked is noted also where the export then fails.
  if (auto noted = note_decision(o.folders, fmt::format("exports call {} as evidence", o.call), o.reason); !noted)
    return complain(noted.error());
  photographs::SealedFolder pictures(o.folders.data / "photographs");
  const evidence::Signer signer(*seed);
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
  const evidence::Order order{{o.call}, fmt::format("user {}", ::getuid()), o.reason, SIGAP_VERSION, {now.count()}};
  const evidence::Sources sources{
      **journal,
      [&](std::string_view subject, keys::Key& key) { return (*vault)->data_key(subject, key); },
      o.recordings.empty() ? o.folders.data / "recordings" : o.recordings,
      pictures,
      signer,
      [](std::int64_t position, std::int64_t of) { progress(fmt::format("{} of {} lines", position, of)); }};
  auto exported = evidence::export_call(order, sources, o.into);
  progress("");
  if (!exported) return complain(exported.error());
  for (const auto& lacking : exported->lacking) fmt::print("not whole: {}\n", lacking);
  fmt::print("{}: lines {}, recordings {}, photographs {}; signed by {}\n", o.into.string(), exported->lines,
             exported->recordings, exported->photographs, evidence::fingerprint_of(signer.public_key()));
  return exported->lacking.empty() ? kDone : kDoesNotHold;
}

int check(const Options& o) {
  evidence::Against against;
  if (!o.key.empty()) {
    auto file = evidence::read_file(o.key);
    auto key = evidence::public_key_of(file ? *file : o.key);
    if (!key) return complain(key.error());
    against.public_key = *key;
  }
  std::unique_ptr<JournalSqlite> journal;
  if (!o.journal.empty()) {
    auto opened = JournalSqlite::open(o.journal, o.journal, Mode::read);
    if (!opened) return complain(opened.error());
    journal = std::move(*opened);
    against.journal = journal.get();
  }
  if (!fs::is_directory(o.archive)) return complain(o.archive.string() + " is no folder");
  bool broken = false, unproved = false;
  for (const auto& one : evidence::verify(o.archive, against)) {
    const bool bad = one.finding == evidence::Finding::broken, open = one.finding == evidence::Finding::unproved;
    fmt::print("{}  {}\n", bad ? "BROKEN  " : open ? "unproved" : "proved  ", one.text);
    broken = broken || bad;
    unproved = unproved || open;
  }
  fmt::print("{}\n", broken     ? "This archive does not hold."
                     : unproved ? "Nothing speaks against this archive; what is unproved is said above."
                                : "This archive holds.");
  return broken ? kDoesNotHold : kDone;
}

}  // namespace

void add_evidence(CLI::App& app, Run& run) {
  static Options o;
  auto* all = app.add_subcommand("evidence", kAboutEvidence);
  all->require_subcommand(1);
  auto* key_app =
      all->add_subcommand("key", "print the public key of this installation's archives; the first time, make it");
  add_folders(*key_app, o.folders);
  key_app->parse_complete_callback([&run] { run = [] { return show_key(o.folders); }; });
  auto* export_app = all->add_subcommand("export", "make an archive of a call that is kept as evidence (legal hold)");
  add_folders(*export_app, o.folders);
  export_app->add_option("--call", o.call, "the call's number")->required()->check(CLI::PositiveNumber);
  export_app->add_option("--reason", o.reason, "why; it is in the archive and in the key folder (decisions)")
      ->required();
  export_app->add_option("--into", o.into, "the archive: a folder that is not there yet")->required();
  export_app->add_option("--recordings", o.recordings, "folder of recordings (default: in the data folder)");
  export_app->parse_complete_callback([&run] { run = [] { return make(o); }; });
  auto* verify_app =
      all->add_subcommand("verify", "check an archive, on any machine; exit code 1 when it does not hold");
  verify_app->add_option("archive", o.archive, "its folder")->required();
  verify_app->add_option("--key", o.key,
                         "who should have signed: a PEM file, or 64 hexadecimal digits (the key, or its fingerprint)");
  verify_app->add_option("--journal", o.journal, "a copy of the data folder: are these its lines, and all of them?");
  verify_app->parse_complete_callback([&run] { run = [] { return check(o); }; });
}

}  // namespace sigap::cli
