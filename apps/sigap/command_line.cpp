#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <mutex>

#include "sigap/commands.h"

namespace sigap::cli {

void add_folders(CLI::App& app, Folders& folders) {
  app.add_option("--data", folders.data, "data folder")->required();
  app.add_option("--keys", folders.keys, "key folder (default: the data folder's name with .keys, beside it)");
  app.callback([&folders] {
    if (folders.keys.empty())
      folders.keys = std::filesystem::absolute(folders.data).lexically_normal().string() + ".keys";
  });
}

int complain(const std::string& what, int code) {
  fmt::print(stderr, "sigap: {}\n", what);
  return code;
}

int complain(const Refusal& why, int code) {
  return complain(why.code + (why.field.empty() ? "" : " (" + why.field + ")") + ": " + why.message, code);
}

int complain(const Refusal& why) {
  constexpr std::string_view kOfWhatIsThere[] = {"corrupt", "cut", "unproved", "format"};
  return complain(why,
                  std::ranges::find(kOfWhatIsThere, why.code) != std::end(kOfWhatIsThere) ? kDoesNotHold : kUnusable);
}

void progress(const std::string& text) {
  using Clock = std::chrono::steady_clock;
  constexpr auto kNowAndThen = std::chrono::seconds(10);
  static std::mutex mutex;
  static auto said = Clock::now();
  const std::lock_guard lock(mutex);
  if (isatty(2)) return fmt::print(stderr, "\r\x1b[K{}", text);
  if (text.empty() || Clock::now() - said < kNowAndThen) return;
  said = Clock::now();
  fmt::print(stderr, "{}\n", text);
}

int run_commands(int argc, char** argv, const std::vector<Command>& commands) {
  CLI::App app{"Sigap, the police emergency line 110"};
  app.set_version_flag("--version", SIGAP_VERSION);
  app.require_subcommand(1);
  Run run;
  for (const auto add : commands) add(app, run);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kUnusable;
  }
  return run();
}

}  // namespace sigap::cli
