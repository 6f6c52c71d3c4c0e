// sigap drill: callers wait and talk, the server dies, and what became of everybody is counted. On this machine's
// loopback, in a scratch folder, with the programs of this installation; or against an installation that runs.
#include <fmt/format.h>

#include <memory>

#include "drill/attack_target.h"
#include "drill/exercise.h"
#include "drill/fake_calls.h"
#include "drill/running_target.h"
#include "drill/scratch_target.h"
#include "drill/upgrade_target.h"
#include "sigap/commands.h"

namespace sigap::cli {
namespace {

struct DrillOptions {
  drill::Plan plan;
  drill::ScratchPlan scratch;
  drill::Upgrade upgrade;
  drill::RunningPlan running;
  drill::FakeCalls calls;
  drill::AttackPlan attack;
  std::string calls_sip, calls_from = "127.0.0.1";
};

/// `and_back`: the fault comes twice, and calls go on between.
int run_drill(boost::asio::io_context& io, drill::Target& target, const drill::Plan& plan, bool and_back = false) {
  drill::Exercise exercise(io, target, plan);
  auto went = exercise.set_up();
  if (went) went = exercise.strike();
  if (went && and_back) went = exercise.carry_on();
  if (went && and_back) went = exercise.strike();
  if (!went) {
    fmt::print(stderr, "sigap: {}\n", went.error().message);
    exercise.let_go();
    return kUnusable;
  }
  exercise.wind_up();
  return exercise.conclude() ? kDone : kDoesNotHold;
}

int drill_here(const DrillOptions& options) {
  boost::asio::io_context io;
  drill::ScratchTarget target(io, options.scratch);
  return run_drill(io, target, options.plan);
}

int drill_upgrade(const DrillOptions& options) {
  auto upgrade = options.upgrade;
  for (auto* folder : {&upgrade.from, &upgrade.to}) {
    if (folder->empty()) *folder = installation::folder_of_this_program();
    for (const char* program : {"sigapd", "sigap"})
      if (!std::filesystem::exists(*folder / program))
        return complain((*folder / program).string() + ": there is no such program");
  }
  boost::asio::io_context io;
  drill::UpgradeTarget target(io, options.scratch, upgrade);
  return run_drill(io, target, options.plan, true);
}

int drill_attack(const DrillOptions& options) {
  boost::asio::io_context io;
  drill::AttackTarget target(io, options.scratch, options.attack);
  return run_drill(io, target, options.plan);
}

int drill_against(const DrillOptions& options) {
  boost::asio::io_context io;
  drill::RunningTarget target(io, options.running);
  return run_drill(io, target, options.plan);
}

int fake_calls(const DrillOptions& o) {
  const auto sip = drill::udp_endpoint(o.calls_sip);
  if (!sip) return complain("--sip: " + sip.error().message);
  boost::system::error_code no_address;
  const auto from = boost::asio::ip::make_address(o.calls_from, no_address);
  if (no_address) return complain("--from: not an address: " + o.calls_from);
  drill::make_fake_calls({from, *sip, {}}, o.calls);
  return kDone;
}

void add_calls(CLI::App& command, DrillOptions& o) {
  command.add_option("--sip", o.calls_sip, "ADDRESS:PORT where calls come in, UDP")->required();
  command.add_option("--from", o.calls_from, "this machine's address that calls: one of a trunk's")
      ->capture_default_str();
  command.add_option("--every", o.calls.every_s, "seconds from one call to the next")
      ->capture_default_str()
      ->check(CLI::Range(1, 86'400));
  command.add_option("--lasts", o.calls.lasts_s, "seconds until the caller hangs up")
      ->capture_default_str()
      ->check(CLI::Range(1, 3'600));
  command.add_option("--calls", o.calls.calls, "so many, then end; 0: go on")->capture_default_str();
}

void add_people(CLI::App& command, DrillOptions& o) {
  command.add_option("--waiting", o.plan.waiting, "callers in the queue")
      ->capture_default_str()
      ->check(CLI::Range(0, 500));
  command.add_option("--talking", o.plan.talking, "callers in a conversation, each with an operator")
      ->capture_default_str()
      ->check(CLI::Range(1, 100));
}

void add_installation(CLI::App& command, DrillOptions& o) {
  add_people(command, o);
  command.add_option("--assets", o.scratch.local.assets, "prompts and places")->capture_default_str();
  command.add_option("--pages", o.scratch.local.pages, "the built pages")->capture_default_str();
  command.add_option("--nation", o.scratch.local.nation, "stations and jurisdictions")->capture_default_str();
}

void add_scratch(CLI::App& command, DrillOptions& o) {
  add_installation(command, o);
  command.add_option("--down", o.scratch.down_ms, "milliseconds before the server is started again")
      ->capture_default_str()
      ->check(CLI::Range(0, 30'000));
  command
      .add_option("--starved", o.plan.starved_s,
                  "for so many seconds at most keep every processor of this machine busy, from before the fault on, "
                  "with nice -10 where that is allowed: slow must not be dead")
      ->capture_default_str()
      ->check(CLI::Range(0, 600));
}

void add_running(CLI::App& command, DrillOptions& o) {
  auto& r = o.running;
  add_people(command, o);
  command.add_option("--http", r.http, "ADDRESS:PORT of the pages, plain HTTP")->required();
  command.add_option("--sip", r.sip, "ADDRESS:PORT where calls come in, UDP")->required();
  command.add_option("--from", r.from, "this machine's address that calls: one of a trunk's")->required();
  command.add_option("--credentials", r.credentials, "operators' logins and passwords, JSON as of sigap demo")
      ->required();
  command.add_option("--strike", r.strike, "the fault: a command for the shell, run here")->required();
  auto* data = command.add_option("--data", r.data, "the journal that must know every call afterwards");
  auto* keys = command.add_option("--keys", r.keys, "its keys");
  data->needs(keys);
  keys->needs(data);
  command.add_option("--ng", r.ng, "ADDRESS:PORT where rtpengine is asked what is left");
  command.add_option("--origin", r.origin,
                     "where pages come from, if the server allows only some, e.g. https://110.example.go.id");
  command.add_flag("--force", r.force, "also with other callers on the line");
}

}  // namespace

void add_drill(CLI::App& app, Run& run) {
  auto options = std::make_shared<DrillOptions>();
  installation::find_assets(options->scratch.local);
  auto* command = app.add_subcommand("drill", kAboutDrill);
  command->require_subcommand(1);
  auto* kill =
      command->add_subcommand("kill", "here, in a scratch folder: kill -9 the server while callers wait and talk");
  add_scratch(*kill, *options);
  kill->callback([&run, options] { run = [options] { return drill_here(*options); }; });
  auto* media = command->add_subcommand("media", "the same with the media process as the victim: the server lives");
  add_scratch(*media, *options);
  media->callback([&run, options] {
    options->scratch.media = true;
    run = [options] { return drill_here(*options); };
  });
  auto* attack =
      command->add_subcommand("attack", "no fault but a stranger on this machine who attacks: who is disturbed?");
  add_installation(*attack, *options);
  attack->add_option("--rate", options->attack.invites_per_s, "messages a second to the SIP port")
      ->capture_default_str()
      ->check(CLI::Range(0, 100'000));
  attack->add_option("--seconds", options->attack.seconds, "for how long")
      ->capture_default_str()
      ->check(CLI::Range(5, 600));
  attack->add_flag("--learned", options->scratch.local.media_learned,
                   "the trunk's media are learned, not as signalled: shows what the default keeps out");
  attack->add_flag_callback(
      "--believed", [options] { options->scratch.local.second_trunk_address = drill::kStrangersAddress; },
      "the stranger's address is one of the trunk's: shows what the default keeps out");
  attack->callback([&run, options] { run = [options] { return drill_attack(*options); }; });
  auto* upgrade = command->add_subcommand(
      "upgrade", "an upgrade under calls, and the way back: SIGTERM to one program, another goes on, the first again");
  add_scratch(*upgrade, *options);
  upgrade->add_option("--from", options->upgrade.from, "folder of the sigapd and sigap of before (default: of this)");
  upgrade->add_option("--to", options->upgrade.to, "folder of those that take over (default: of this)");
  upgrade->callback([&run, options] { run = [options] { return drill_upgrade(*options); }; });
  auto* calls = command->add_subcommand("calls", "no fault: a caller now and then, for whoever has no SIP telephone");
  add_calls(*calls, *options);
  calls->callback([&run, options] { run = [options] { return fake_calls(*options); }; });
  auto* against = command->add_subcommand(
      "against", "against an installation that runs and serves nobody yet; the fault is a command of yours");
  add_running(*against, *options);
  against->callback([&run, options] { run = [options] { return drill_against(*options); }; });
}

}  // namespace sigap::cli
