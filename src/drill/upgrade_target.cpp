#include "drill/upgrade_target.h"

#include <fmt/format.h>

#include <array>
#include <cstdio>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/vault/vault_sodium.h"

namespace sigap::drill {
namespace {

namespace fs = std::filesystem;

ScratchPlan there_and_back(ScratchPlan plan, const Upgrade& upgrade) {
  plan.signal = SIGTERM;
  plan.programs = {upgrade.from / "sigapd", upgrade.to / "sigapd", upgrade.from / "sigapd"};
  return plan;
}

/// What it printed, in one line; begins with "exit code" when it did not succeed.
std::string said(const fs::path& program, const std::string& arguments) {
  const auto command = fmt::format("'{}' {} 2>&1", program.string(), arguments);
  std::FILE* out = ::popen(command.c_str(), "re");
  if (!out) return "exit code: it cannot be started";
  std::string text;
  std::array<char, 4096> buffer;
  while (const auto n = std::fread(buffer.data(), 1, buffer.size(), out)) text.append(buffer.data(), n);
  const int ended = ::pclose(out);
  while (text.ends_with('\n')) text.pop_back();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return ended == 0 ? text : fmt::format("exit code {}: {}", ended >> 8, text);
}

/// Of the state that the server had itself when it stopped.
std::string hash_at_stop(const fs::path& data, const fs::path& keys) {
  auto journal = journal_sqlite::JournalSqlite::open(data, keys, journal_sqlite::Mode::read,
                                                     vault::journal_sealer(data, keys, vault::Use::reads));
  if (!journal) return journal.error().message;
  const auto newest = (*journal)->newest_checkpoint();
  return newest ? fmt::format("position {}, state {}", newest->position, newest->state_hash) : "it saved none";
}

}  // namespace

UpgradeTarget::UpgradeTarget(boost::asio::io_context& io, ScratchPlan scratch, Upgrade upgrade)
    : ScratchTarget(io, there_and_back(std::move(scratch), upgrade)), upgrade_(std::move(upgrade)) {}

std::string UpgradeTarget::intent(int waiting, int talking) const {
  return fmt::format("Drill: {} callers wait, {} talk; upgrade from {} to {}, and back\n", waiting, talking,
                     upgrade_.from.string(), upgrade_.to.string());
}

std::vector<Finding> UpgradeTarget::findings() {
  stop();
  const auto folders = fmt::format("--data '{}' --keys '{}'", data().string(), data().string() + ".keys");
  const auto ask = [&](const fs::path& of, const char* command) {
    return said(of / "sigap", fmt::format("journal {} {}", command, folders));
  };
  std::vector<Finding> found;
  const auto whole = [&](const char* who, const fs::path& of) {
    const auto words = ask(of, "verify");
    found.push_back({fmt::format("the journal is whole to the {} program", who), words.starts_with("whole: "), words});
  };
  whole("first", upgrade_.from);
  whole("second", upgrade_.to);
  const auto kept = hash_at_stop(data(), data().string() + ".keys");
  const auto first = ask(upgrade_.from, "replay"), second = ask(upgrade_.to, "replay");
  found.push_back({"the first reads from it the state that it had", first == kept, first});
  found.push_back({"the second reads the same", second == first && second.starts_with("position "),
                   second == first ? "the same state" : second});
  return found;
}

}  // namespace sigap::drill
