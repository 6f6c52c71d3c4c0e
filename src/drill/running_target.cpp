#include "drill/running_target.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <csignal>
#include <fstream>
#include <sstream>

namespace sigap::drill {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kLookEvery{100};
// A takeover takes 4 to 5 s (docs/performance.md), consoles notice within 2.5 s and come back, and 3 s more are waited.
constexpr milliseconds kRunningReturn{10'000};
constexpr seconds kFelt{30}, kAway{120};  // the second for a person who must force a takeover
constexpr seconds kWarm{10};              // one that was just started is not well at once
// The server says its uptime in whole seconds, by a clock that may be set meanwhile.
constexpr double kUptimeError_s = 3;

std::string text_of(const json::object& in, const char* name) {
  const auto* value = in.if_contains(name);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

}  // namespace

Result<std::vector<Operator>> read_operators(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  if (!in) return refuse("io", "cannot read " + file.string());
  boost::system::error_code wrong;
  const auto all = json::parse(text.str(), wrong);
  const auto* people = !wrong && all.is_object() ? all.as_object().if_contains("people") : nullptr;
  if (!people || !people->is_array())
    return refuse("invalid", file.string() + R"(: write {"people": [{"login": "...", "password": "..."}, ...]})");
  std::vector<Operator> operators;
  for (const auto& person : people->as_array()) {
    if (!person.is_object()) continue;
    const auto role = text_of(person.as_object(), "role");
    if (!role.empty() && role != "operator") continue;
    operators.push_back({text_of(person.as_object(), "login"), text_of(person.as_object(), "password")});
  }
  return operators;
}

RunningTarget::RunningTarget(boost::asio::io_context& io, RunningPlan plan)
    : io_(io), plan_(std::move(plan)), timer_(io) {}

RunningTarget::~RunningTarget() {
  // An ssh to a machine without power would wait for ever.
  if (command_ <= 0) return;
  ::kill(-command_, SIGTERM);
  ::waitpid(command_, nullptr, 0);
}

std::string RunningTarget::intent(int waiting, int talking) const {
  return fmt::format(
      "Drill against the installation at {} (SIP) and {} (pages), which must not be serving anybody.\n"
      "  1. {} callers of the drill call 110 from {} with numbers +62800...; {} of the installation's operators\n"
      "     ({}) sign in, are ready and talk to {} of them; {} wait.\n"
      "  2. After {} s of calm this is run here by the shell, without a keyboard:\n"
      "         {}\n"
      "  3. When the service answers again everybody is counted; half of the callers hang up, operators serve the "
      "rest.\n"
      "In its journal stay {} calls, and a task for each of the {} callers who give up in the queue; nothing else is\n"
      "changed. What the command does is yours to undo. Ctrl-C lets everybody go, at any time.\n",
      plan_.sip, plan_.http, waiting + talking, plan_.from, talking, plan_.credentials.string(), talking, waiting,
      std::chrono::duration_cast<seconds>(measured()).count(), plan_.strike, waiting + talking, (waiting + 1) / 2);
}

Result<Health> RunningTarget::health(Patience& patience) {
  std::optional<Health> seen;
  bool asked = false;
  probe_health(io_, path_, [&](std::optional<Health> health) {
    seen = std::move(health);
    asked = true;
  });
  // Not longer than the probe itself lives: it holds references to what is here.
  while (!asked) io_.run_for(milliseconds(5));
  if (!seen || patience.lost()) return refuse("io", "nobody answers at http://" + plan_.http + "/healthz");
  return *seen;
}

Result<Doors> RunningTarget::open(Patience& patience, int operators) {
  const auto sip = udp_endpoint(plan_.sip);
  const auto http = tcp_endpoint(plan_.http);
  if (!sip) return tl::unexpected(sip.error());
  if (!http) return tl::unexpected(http.error());
  boost::system::error_code wrong;
  path_ = {boost::asio::ip::make_address(plan_.from, wrong), *sip, *http, plan_.origin};
  if (wrong) return refuse("invalid", "\"" + plan_.from + "\" is not an address");
  boost::asio::ip::udp::socket probe(io_);
  probe.open(path_.sip.protocol(), wrong);
  if (!wrong) probe.bind({path_.from, 0}, wrong);
  if (wrong)
    return refuse("invalid", plan_.from + " is not an address of this machine from which to reach " + plan_.sip);

  Doors doors{path_, {}, {}, plan_.data, plan_.keys};
  if (!plan_.ng.empty()) {
    const auto ng = udp_endpoint(plan_.ng);
    if (!ng) return tl::unexpected(ng.error());
    doors.ng = *ng;
  }
  auto people = read_operators(plan_.credentials);
  if (!people) return tl::unexpected(people.error());
  if (people->size() < static_cast<std::size_t>(operators))
    return refuse("invalid", fmt::format("{} has {} operators; {} are needed for as many conversations (--talking)",
                                         plan_.credentials.string(), people->size(), operators));
  doors.operators.assign(people->begin(), people->begin() + operators);

  auto seen = health(patience);
  for (const auto since = Clock::now(); seen && !seen->well && Clock::now() - since < kWarm; seen = health(patience))
    patience.pass(kLookEvery);
  if (!seen) return tl::unexpected(seen.error());
  before_ = *seen;
  before_at_ = Clock::now();
  if (!before_.well) return refuse("degraded", "the installation does not serve (" + before_.status + "): see its log");
  if (before_.calls + before_.at_work > 0 && !plan_.force)
    return refuse("in_use",
                  fmt::format("in use: {} calls on the line, {} operators at work; they would be disturbed, and "
                              "counted; --force does it all the same",
                              before_.calls, before_.at_work));
  if (!before_.standby.empty() && before_.standby != "in_sync" && !plan_.force)
    return refuse("alone", "the standby has not everything (" + before_.standby +
                               ") and would not take over; --force does it all the same");
  return doors;
}

Result<bool> RunningTarget::strike() {
  struck_ = Clock::now();
  command_ = ::fork();
  if (command_ == 0) {
    ::setpgid(0, 0);  // to be ended with all that it started; so the keyboard is not its own
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
    sigset_t none;
    sigemptyset(&none);
    ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
    ::execl("/bin/sh", "sh", "-c", plan_.strike.c_str(), nullptr);
    ::_exit(127);
  }
  if (command_ < 0) return refuse("io", "cannot start a shell");
  watch();
  return true;
}

void RunningTarget::watch() {
  probe_health(io_, path_, [this](const std::optional<Health>& health) {
    saw(health);
    if (sight_ == Sight::back) return;
    timer_.expires_after(kLookEvery);
    timer_.async_wait([this](boost::system::error_code stopped) {
      if (!stopped) watch();
    });
  });
}

void RunningTarget::saw(const std::optional<Health>& health) {
  // One that dies and is started again between two looks is told by its age.
  const double age_s = static_cast<double>(before_.uptime_s) + ms_since(before_at_) / 1000;
  const bool another =
      health && (health->epoch != before_.epoch || static_cast<double>(health->uptime_s) < age_s - kUptimeError_s);
  const bool serves = health && health->well;
  if (sight_ == Sight::standing && (another || !serves))
    sight_ = Sight::away;
  else if (sight_ == Sight::away && serves)
    sight_ = Sight::back;
}

Result<Target::Sight> RunningTarget::look() {
  if (int status = 0; command_ > 0 && ::waitpid(command_, &status, WNOHANG) == command_) {
    command_ = -1;
    command_ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  const auto since = Clock::now() - struck_;
  if (sight_ == Sight::standing && since > kFelt)
    return refuse(
        "not_felt",
        fmt::format("the fault was not felt: the same server answered all the time{}",
                    command_ended_ ? fmt::format(" (the command's exit code is {})", command_ended_) : std::string()));
  if (sight_ == Sight::away && since > kAway) return refuse("io", "the service does not come back");
  return sight_;
}

Clock::duration RunningTarget::measured() const {
  return kRunningReturn;
}

}  // namespace sigap::drill
