// The commands of `sigap`. Each takes its options from the command line and returns the exit code:
// 0 done, 1 it did not hold (a broken journal, a violated rule), 2 wrong usage or a folder that cannot be used.
#pragma once
#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>

#include "base/result.h"

namespace sigap::cli {

inline constexpr int kDone = 0, kDoesNotHold = 1, kUnusable = 2;

/// Says on stderr what is wrong and returns `code`.
int complain(const std::string& what, int code = kUnusable);
/// The same with the code and the field of a refusal.
int complain(const Refusal& why, int code);
/// A journal or keys that are broken or not proved do not hold; anything else cannot be used.
int complain(const Refusal& why);

/// Where an installation keeps its things.
struct Folders {
  std::filesystem::path data, keys;
};

/// Adds --data and --keys; keys default to a folder beside the data, outside of it.
void add_folders(CLI::App& app, Folders& folders);

using Run = std::function<int()>;
void add_journal(CLI::App& app, Run& run);
void add_backup(CLI::App& app, Run& run);
void add_simulate(CLI::App& app, Run& run);
void add_user(CLI::App& app, Run& run);
void add_demo(CLI::App& app, Run& run);
void add_drill(CLI::App& app, Run& run);
void add_edge(CLI::App& app, Run& run);
void add_witness(CLI::App& app, Run& run);
void add_staffing(CLI::App& app, Run& run);
void add_roster(CLI::App& app, Run& run);

}  // namespace sigap::cli
