// sigap staffing: how many operators the promise takes, from calls that were.
#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <memory>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "base/characters.h"
#include "installation/local_installation.h"
#include "nation/nation.h"
#include "nation/table_file.h"
#include "sigap/commands.h"
#include "sigap/staffing_confirm.h"
#include "study/calls_file.h"
#include "study/calls_of_journal.h"
#include "study/operators_file.h"
#include "study/report.h"

namespace sigap::cli {
namespace {

namespace fs = std::filesystem;
using study::rules::CallRecord;
using study::rules::CallTally;

struct StaffingOptions {
  fs::path calls, nation, operators, out;
  Folders folders;
  std::string goal = "95/5";
  double abandoned = 1, occupancy = 85, patience = 60, handling = 0;
  std::int64_t days = 0;  ///< 0: all
  bool confirm = false;
};

int complain_of_each(const std::vector<std::string>& mistakes) {
  for (const auto& mistake : mistakes) fmt::print(stderr, "sigap: {}\n", mistake);
  return kUnusable;
}

/// What the option of a refused field is called.
std::string option_of(const std::string& field) {
  if (field == "share" || field == "within_s") return "--goal: ";
  if (field == "abandoned") return "--abandoned: ";
  if (field == "occupancy") return "--occupancy: ";
  if (field == "patience_s") return "--patience: ";
  if (field == "handling_s") return "--handling: ";
  return "";
}

int complain_of_option(const Refusal& refusal) {
  return complain(option_of(refusal.field) + refusal.message);
}

/// "95/5": percent of all offered, seconds.
bool read_goal(const std::string& text, study::rules::Goal& goal) {
  const auto slash = text.find('/');
  if (slash == std::string::npos) return false;
  const auto number = [](const std::string& part, double& value) {
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    return error == std::errc{} && end == part.data() + part.size();
  };
  const bool good = number(text.substr(0, slash), goal.share) && number(text.substr(slash + 1), goal.within_s);
  goal.share /= 100;
  return good;
}

Result<stations::State> tree_of(const StaffingOptions& o) {
  installation::LocalOptions shipped;
  installation::find_assets(shipped);
  auto nation = nation::load_nation(o.nation.empty() ? shipped.nation : o.nation);
  if (!nation) return tl::unexpected(nation.error());
  stations::State tree;
  for (const auto& station : *nation) tree.apply({station});
  return tree;
}

/// What people do changes over years: only the calls of this long before the newest.
void keep_last(std::vector<CallRecord>& calls, Duration span) {
  Instant newest{};
  for (const auto& call : calls) newest = std::max(newest, call.at);
  std::erase_if(calls, [&](const CallRecord& call) { return call.at < newest - span; });
}

bool write(const fs::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (out) fmt::print("wrote {}\n", file.string());
  return out.good();
}

int tell(const StaffingOptions& o, const study::Question& question, const stations::State& tree,
         const std::vector<CallRecord>& calls) {
  CallTally tally(study::places_of(tree, calls));
  std::int64_t unknown = 0;
  for (const auto& call : calls) unknown += tally.add(call) ? 0 : 1;
  auto study = study::study(question, tree, tally);
  if (!study) return complain_of_option(study.error());
  study->unknown = unknown;
  study->silence = study::missing_part(calls);
  fmt::print("{}", study::table(*study));
  if (o.confirm) fmt::print("{}", study::confirm(*study));
  if (o.out.empty()) return kDone;
  std::error_code error;
  fs::create_directories(o.out, error);
  if (error) return complain("--out: cannot make " + o.out.string() + ": " + error.message());
  fmt::print("\n");
  for (const auto& [name, text] :
       {std::pair("staffing.csv", study::hours_table(*study)), {"staffing.html", study::page(*study)}})
    if (!write(o.out / name, text)) return complain("--out: cannot write " + (o.out / name).string());
  return kDone;
}

int staff(const StaffingOptions& o) {
  study::Question question;
  if (!read_goal(o.goal, question.goal)) return complain("--goal: write PERCENT/SECONDS, as in 95/5");
  question.goal.abandoned = o.abandoned / 100;
  question.goal.occupancy = o.occupancy / 100;
  question.patience_s = o.patience;
  if (o.handling > 0) question.handling_s = o.handling;
  // What cannot be is said before a long file is read.
  if (auto sound = study::rules::check(question.goal); !sound) return complain_of_option(sound.error());

  stations::State tree;
  std::vector<CallRecord> calls;
  if (!o.calls.empty()) {
    auto shipped = tree_of(o);
    if (!shipped) return complain("--nation: " + shipped.error().message);
    tree = std::move(*shipped);
    auto table = read_table(o.calls);
    if (!table) return complain("--calls: " + table.error().message);
    const auto mistakes = study::read_calls(std::move(*table), o.calls.string(), [&](const CallRecord& call) {
      if (!tree.find(call.station)) return "there is no station '" + shown(call.station.value) + "'";
      calls.push_back(call);
      return std::string();
    });
    if (!mistakes.empty()) return complain_of_each(mistakes);
  } else {
    auto journal = journal_sqlite::JournalSqlite::open(o.folders.data, o.folders.keys, journal_sqlite::Mode::read);
    if (!journal) return complain_of_option(journal.error());
    auto read = study::read_calls(**journal, tree, [&](const CallRecord& call) { calls.push_back(call); });
    if (!read) return complain_of_option(read.error());
  }
  if (o.days > 0) keep_last(calls, hours(24 * o.days));
  if (!o.operators.empty()) {
    auto table = read_table(o.operators);
    if (!table) return complain("--operators: " + table.error().message);
    const auto mistakes = study::read_operators(std::move(*table), o.operators.string(), tree, question.operators);
    if (!mistakes.empty()) return complain_of_each(mistakes);
  }
  return tell(o, question, tree, calls);
}

}  // namespace

void add_staffing(CLI::App& app, Run& run) {
  auto o = std::make_shared<StaffingOptions>();
  auto* command = app.add_subcommand("staffing", kAboutStaffing);
  command->footer(
      "Stations alone, pooled by province and as one nation; by hour of the week; what pooling saves; where one "
      "operator more "
      "helps most.\nA calls file: first line station,time,handling_seconds, then e.g. "
      "polres-sleman,2026-11-24T19:05:30+07:00,95\n(handling empty: nobody answered). Every offered call counts, "
      "those who hung up as misses.\n\nsigap staffing --calls calls.csv --goal 95/5 --out report\nsigap staffing "
      "--data /var/lib/sigap/data --out report");
  auto* calls = command->add_option("--calls", o->calls, "a table of calls (CSV)");
  auto* data =
      command->add_option("--data", o->folders.data, "or the data folder: calls of its journal, no key needed");
  calls->excludes(data);
  command->add_option("--keys", o->folders.keys, "key folder, only to find the journal's noted head")->needs(data);
  command
      ->add_option("--nation", o->nation, "folder of stations.csv and jurisdictions.csv (default: the shipped nation)")
      ->excludes(data);
  command->add_option("--goal", o->goal, "percent of all offered answered / within seconds")->capture_default_str();
  command->add_option("--abandoned", o->abandoned, "percent that may hang up, at most")->capture_default_str();
  command->add_option("--occupancy", o->occupancy, "percent of an operator's time on calls, at most")
      ->capture_default_str();
  command->add_option("--patience", o->patience, "seconds that a caller waits on average before hanging up")
      ->capture_default_str()
      ->check(CLI::Range(1.0, 3600.0));
  command->add_option("--handling", o->handling, "seconds a call takes, where no call says so")
      ->check(CLI::Range(1.0, 86'400.0));
  command->add_option("--days", o->days, "only the calls of so many days before the newest (default: all)")
      ->check(CLI::Range(1, 36'600));
  command->add_option("--operators", o->operators,
                      "who sits there today (CSV: station,operators); one more is weighed against it");
  command->add_flag("--confirm", o->confirm, "tries the nation's plan on the real rules: its busiest day, simulated");
  command->add_option("--out", o->out, "folder for staffing.csv and staffing.html");
  command->callback([&run, o, calls, data] {
    if (calls->empty() && data->empty()) throw CLI::RequiredError("--calls or --data");
    if (!data->empty() && o->folders.keys.empty())
      o->folders.keys = fs::absolute(o->folders.data).lexically_normal().string() + ".keys";
    run = [o] { return staff(*o); };
  });
}

}  // namespace sigap::cli
