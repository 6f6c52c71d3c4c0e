// sigap drill: callers wait and talk, the server dies, and what became of everybody is counted. On this machine's
// loopback, in a scratch folder, with the programs of this installation.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>

#include "adapters/media/media_hand.h"
#include "sigap/commands.h"
#include "sigap/drill/exercise.h"

namespace sigap::cli {
namespace {

int complain(const Refusal& why) {
  fmt::print(stderr, "sigap: {}\n", why.message);
  return kUnusable;
}

int run_drill(const drill::Plan& plan) {
  drill::Exercise exercise(plan);
  if (auto ready = exercise.set_up(); !ready) return complain(ready.error());
  if (auto struck = exercise.strike(); !struck) return complain(struck.error());
  exercise.wind_up();
  return exercise.tell() ? kDone : kDoesNotHold;
}

void add_options(CLI::App& command, drill::Plan& plan) {
  command.add_option("--waiting", plan.waiting, "callers in the queue")
      ->capture_default_str()
      ->check(CLI::Range(0, 500));
  command.add_option("--talking", plan.talking, "callers in a conversation, each with an operator")
      ->capture_default_str()
      ->check(CLI::Range(1, 100));
  command.add_option("--down", plan.down_ms, "milliseconds before the server is started again")
      ->capture_default_str()
      ->check(CLI::Range(0, 30'000));
  command.add_option("--assets", plan.local.assets, "prompts and places")->capture_default_str();
  command.add_option("--pages", plan.local.pages, "the built pages")->capture_default_str();
  command.add_option("--nation", plan.local.nation, "stations and jurisdictions")->capture_default_str();
}

}  // namespace

void add_drill(CLI::App& app, Run& run) {
  auto plan = std::make_shared<drill::Plan>();
  find_assets(plan->local);
  auto* command = app.add_subcommand("drill", "rehearse the worst on this machine, and count who is still there");
  command->require_subcommand(1);
  auto* kill = command->add_subcommand("kill", "kill -9 the server while callers wait and talk");
  add_options(*kill, *plan);
  kill->callback([&run, plan] { run = [plan] { return run_drill(*plan); }; });
  auto* upgrade =
      command->add_subcommand("upgrade", "stop the server as an upgrade does (SIGTERM) while callers wait and talk");
  add_options(*upgrade, *plan);
  upgrade->add_option("--from", plan->first, "the sigapd that runs before (default: the one beside this program)");
  upgrade->add_option("--to", plan->second, "the sigapd that takes over (default: the same)");
  upgrade->callback([&run, plan] {
    plan->signal = SIGTERM;
    run = [plan] { return run_drill(*plan); };
  });
}

}  // namespace sigap::cli
