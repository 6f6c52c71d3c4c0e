// sigap: the command line of an installation.
#include <fmt/format.h>

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
  return complain(why, why.code == "corrupt" || why.code == "unproved" ? kDoesNotHold : kUnusable);
}

}  // namespace sigap::cli

int main(int argc, char** argv) {
  CLI::App app{"Sigap, the police emergency line 110"};
  app.set_version_flag("--version", SIGAP_VERSION);
  app.require_subcommand(1);
  sigap::cli::Run run;
  sigap::cli::add_journal(app, run);
  sigap::cli::add_backup(app, run);
  sigap::cli::add_simulate(app, run);
  sigap::cli::add_user(app, run);
  sigap::cli::add_demo(app, run);
  sigap::cli::add_drill(app, run);
  sigap::cli::add_edge(app, run);
  sigap::cli::add_witness(app, run);
  sigap::cli::add_staffing(app, run);
  sigap::cli::add_roster(app, run);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? sigap::cli::kDone : sigap::cli::kUnusable;
  }
  return run();
}
