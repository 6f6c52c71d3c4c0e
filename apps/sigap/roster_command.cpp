// sigap roster import: shifts of a table into a running server, all of them or none.
#include <fmt/format.h>

#include <chrono>
#include <memory>

#include "installation/control_client.h"
#include "nation/table_file.h"
#include "shifts_file/shifts_file.h"
#include "sigap/commands.h"

namespace sigap::cli {
namespace {

struct RosterOptions {
  std::filesystem::path data, file;
  bool dry_run = false;
};

Instant now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

int bring_in(const RosterOptions& options) {
  auto table = read_table(options.file);
  if (!table) return complain(table.error().message);
  installation::ControlClient client;
  if (auto connected = client.connect(options.data); !connected) return complain(connected.error().message);
  const auto name = options.file.string();
  const auto file = shifts_file::read_shifts(std::move(*table), name, client.picture(), now());
  for (const auto& mistake : file.mistakes) fmt::print(stderr, "{}\n", mistake);
  if (!file.mistakes.empty()) return complain("nothing was imported");
  std::size_t imported = 0;
  for (const auto& [line, shift] : file.fresh) {
    if (options.dry_run) continue;
    // What was planned meanwhile by somebody else is found out only here.
    if (auto done = client.ask(shift); !done)
      return complain(fmt::format("{}:{}: {}; the {} shifts above it were imported, those from it on were not", name,
                                  line, done.error().message, imported),
                      kDoesNotHold);
    ++imported;
  }
  fmt::print("{}: {} {}", name, file.fresh.size(), options.dry_run ? "would be imported" : "imported");
  fmt::print("{}\n", file.standing.empty() ? ""
                                           : fmt::format(", {} stand already and were left alone (lines {})",
                                                         file.standing.size(), fmt::join(file.standing, ", ")));
  return kDone;
}

}  // namespace

void add_roster(CLI::App& app, Run& run) {
  auto options = std::make_shared<RosterOptions>();
  auto* roster = app.add_subcommand("roster", kAboutRoster);
  roster->require_subcommand(1);
  auto* importing = roster->add_subcommand("import", "plans the shifts of a table: all of them, or none");
  importing->add_option("--data", options->data, "the server's data folder")->required();
  importing->add_option("file", options->file, "station,from,until,people,needed; a line a shift")->required();
  importing->add_flag("--dry-run", options->dry_run, "only says what it would do");
  importing->callback([&run, options] { run = [options] { return bring_in(*options); }; });
}

}  // namespace sigap::cli
