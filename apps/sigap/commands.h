// The commands of `sigap`. Each takes its options from the command line and returns the exit code:
// 0 done, 1 it did not hold (a broken journal, a violated rule), 2 wrong usage or a folder that cannot be used.
#pragma once
#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <vector>

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

/// On a terminal one line that changes; elsewhere (a file, a pipe) a line now and then, so that a long run is seen to
/// go on. Any thread; empty: it is over.
void progress(const std::string& text);

using Run = std::function<int()>;
using Command = void (*)(CLI::App& app, Run& run);
/// A main: reads the command line and does what it says. Yields the exit code.
int run_commands(int argc, char** argv, const std::vector<Command>& commands);

// What `sigap --help` says of a command that is a program of its own.
inline constexpr const char* kAboutSimulate =
    "the rules on virtual time: a nation by scenario, or random faults by seed";
inline constexpr const char* kAboutDrill = "rehearse the worst, and count who is still there";
inline constexpr const char* kAboutStaffing = "how many operators, where and when, from the calls that were";
inline constexpr const char* kAboutHistory = "what the line did: make it anew, set up its database, export it";
inline constexpr const char* kAboutEvidence = "a call as evidence for a court: make an archive, check one anywhere";
inline constexpr const char* kAboutRoster = "who is to sit where and when, in a running server";

void add_journal(CLI::App& app, Run& run);
void add_backup(CLI::App& app, Run& run);
void add_forgotten(CLI::App& app, Run& run);
void add_simulate(CLI::App& app, Run& run);
void add_user(CLI::App& app, Run& run);
void add_client(CLI::App& app, Run& run);
void add_demo(CLI::App& app, Run& run);
void add_drill(CLI::App& app, Run& run);
void add_edge(CLI::App& app, Run& run);
void add_boundaries(CLI::App& app, Run& run);
void add_witness(CLI::App& app, Run& run);
void add_staffing(CLI::App& app, Run& run);
void add_roster(CLI::App& app, Run& run);
void add_history(CLI::App& app, Run& run);
void add_evidence(CLI::App& app, Run& run);

}  // namespace sigap::cli
