// sigap: the command line of an installation. Commands that few ask for, and that are dear to build, are programs of
// their own beside it: `sigap simulate` becomes sigap-simulate with the same arguments.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "sigap/commands.h"

namespace sigap::cli {
namespace {

struct Elsewhere {
  const char* name;
  const char* about;
};
constexpr std::array kElsewhere = {
    Elsewhere{"simulate", kAboutSimulate}, Elsewhere{"drill", kAboutDrill},     Elsewhere{"staffing", kAboutStaffing},
    Elsewhere{"roster", kAboutRoster},     Elsewhere{"history", kAboutHistory}, Elsewhere{"evidence", kAboutEvidence},
};

/// For `sigap --help` only.
void add_elsewhere(CLI::App& app, Run&) {
  for (const auto& command : kElsewhere) app.add_subcommand(command.name, command.about);
}

/// Returns only when there is no such program.
int become(const std::string& name, char** argv) {
  std::error_code unknown;
  const auto beside = std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path() / ("sigap-" + name);
  ::execv(beside.c_str(), argv);
  return complain(fmt::format("{}: {} (where Sigap was built: cmake --build build/release --target sigap-{})",
                              beside.string(), std::strerror(errno), name));
}

}  // namespace
}  // namespace sigap::cli

int main(int argc, char** argv) {
  using namespace sigap::cli;
  const std::string_view first = argc > 1 ? argv[1] : "";
  if (std::any_of(kElsewhere.begin(), kElsewhere.end(), [&](const auto& command) { return command.name == first; }))
    return become(std::string(first), argv);
  return run_commands(argc, argv,
                      {add_journal, add_backup, add_forgotten, add_user, add_client, add_demo, add_edge, add_boundaries,
                       add_witness, add_elsewhere});
}
