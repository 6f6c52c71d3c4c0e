// sigap demo: a whole installation on this machine, with demo people. What ./run starts.
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstring>
#include <memory>
#include <thread>

#include "base/characters.h"
#include "installation/control_client.h"
#include "installation/local_installation.h"
#include "installation/passwords.h"
#include "nation/table_file.h"
#include "sigap/commands.h"
#include "sigap/lan.h"
#include "tls/local_authority.h"

namespace sigap::cli {
namespace {

namespace fs = std::filesystem;

struct DemoOptions {
  installation::LocalOptions local;
  fs::path credentials, people = "data/demo/people.csv";
  bool fake_calls = false;
  bool lan = false;
  std::string plain = "0.0.0.0:8110";  ///< in the network: where plain HTTP leads to HTTPS
  std::string fingerprint;             ///< of the local authority
};

constexpr auto kHttpAlone = "127.0.0.1:8110", kHttpInLan = "0.0.0.0:8443";

struct DemoPerson {
  core::AddPerson record;
  std::string role;
};

bool loopback(const std::string& listen) {
  return listen.rfind("127.", 0) == 0 || listen.rfind("[::1]:", 0) == 0 || listen.rfind("localhost:", 0) == 0;
}

/// Refusals: "io", "invalid" with file, line and reason.
Result<std::vector<DemoPerson>> read_people(const fs::path& file) {
  const std::map<std::string, people::Role> roles = {{"operator", people::Role::operator_},
                                                     {"officer", people::Role::officer},
                                                     {"supervisor", people::Role::supervisor},
                                                     {"administrator", people::Role::administrator}};
  std::vector<DemoPerson> people;
  auto table = read_table(file);
  if (!table) return tl::unexpected(table.error());
  csv::Reader rows(std::move(*table), {{"login"}, {"name"}, {"role"}, {"station"}, {"call_sign", true}});
  while (const auto row = rows.next()) {
    const auto& cells = row->cells;
    auto wrong = row->wrong;
    if (wrong.empty() && !roles.contains(lower_ascii(cells[2]))) wrong = "'" + shown(cells[2]) + "' is no role";
    if (!wrong.empty()) return refuse("invalid", fmt::format("{}:{}: {}", file.string(), row->line, wrong));
    const auto role = lower_ascii(cells[2]);
    people.push_back({{lower_ascii(cells[0]),
                       cells[1],
                       roles.at(role),
                       {lower_ascii(cells[3])},
                       cells[4],
                       installation::random_password(),
                       true},
                      role});
  }
  return people;
}

std::string credentials_json(const DemoOptions& o, const std::vector<DemoPerson>& people) {
  std::string json = fmt::format("{{\"http\": \"{}\", \"sip\": \"{}\", \"people\": [", o.local.url(), o.local.sip);
  for (std::size_t i = 0; i < people.size(); ++i)
    json += fmt::format("{}\n  {{\"login\": \"{}\", \"password\": \"{}\", \"role\": \"{}\", \"station\": \"{}\"}}",
                        i ? "," : "", people[i].record.login, people[i].record.password, people[i].role,
                        people[i].record.station.value);
  return json + "\n]}\n";
}

/// A telephone comes by plain HTTP first: there it learns what it has to trust.
void show_to_others(const DemoOptions& o) {
  const auto first = "http://" + o.local.secure->hosts.front() + o.plain.substr(o.plain.rfind(':')) + "/";
  fmt::print("\nOther machines and telephones of this network begin at {} (or the picture below):\n", first);
  fmt::print("there they download a certificate and trust it, once. Its SHA-256 fingerprint, to compare:\n  {}\n\n",
             o.fingerprint);
  show_as_picture(first);
}

/// An authority and a certificate of this machine, beside the data: whoever trusted it need not do so again.
Result<bool> open_to_the_network(DemoOptions& o) {
  const auto lan = this_machine();
  if (lan.addresses.empty()) return refuse("invalid", "--lan: this machine has no IPv4 address in a network");
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  const Instant now{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
  auto certificate = tls::local_certificate(o.local.data.string() + ".lan", lan.machine, lan.addresses, now);
  if (!certificate) return tl::unexpected(certificate.error());
  o.fingerprint = certificate->fingerprint;
  installation::LocalOptions::Secure secure{certificate->files.certificate, certificate->files.key,
                                            certificate->authority, lan.addresses, o.plain};
  for (const auto& name : {lan.machine, std::string("localhost"), std::string("127.0.0.1")})
    secure.hosts.push_back(name);
  if (lan.machine.find('.') == std::string::npos) secure.hosts.push_back(lan.machine + ".local");
  o.local.secure = std::move(secure);
  o.local.media_address = lan.addresses.front();
  return true;
}

void show(const DemoOptions& o, const std::vector<DemoPerson>& people) {
  fmt::print("\nSigap runs.   Ctrl-C stops it.\n\n");
  fmt::print("  {}/konsol     operators and supervisors\n", o.local.url());
  fmt::print("  {}/petugas    officers, on a phone\n", o.local.url());
  fmt::print("  {}/admin      administrators\n", o.local.url());
  fmt::print("  sip:110@{}           where a call comes in (UDP and TCP, from this machine)\n\n", o.local.sip);
  fmt::print("  {:<12} {:<24} {:<14} {}\n", "login", "password", "role", "station");
  for (const auto& p : people)
    fmt::print("  {:<12} {:<24} {:<14} {}\n", p.record.login, p.record.password, p.role, p.record.station.value);
  fmt::print("\n  sigap messages --data {}     text messages to citizens that a real carrier would have sent\n",
             o.local.data.string());
  if (o.lan) show_to_others(o);
  std::fflush(stdout);
}

/// Another program, for what few ask for: it calls until it is ended.
int start_fake_calls(const std::string& sip, const sigset_t& signals) {
  const auto drill = installation::folder_of_this_program() / "sigap-drill";
  const int child = ::fork();
  if (child == 0) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // there is nobody left to call
    pthread_sigmask(SIG_SETMASK, &signals, nullptr);
    ::execl(drill.c_str(), "sigap-drill", "drill", "calls", "--sip", sip.c_str(), nullptr);
    fmt::print(stderr, "sigap: no fake calls: {}: {}\n", drill.string(), std::strerror(errno));
    ::_exit(127);
  }
  return child;
}

int wait_for(int server) {
  int status = 0;
  ::waitpid(server, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : kDoesNotHold;
}

/// As systemd does on a machine that answers calls: a server that dies is there again at once. Ends with a signal.
int watch(const fs::path& config, int server, const sigset_t& signals, const sigset_t& before) {
  using Clock = std::chrono::steady_clock;
  constexpr int kDeathsMax = 5;  // each within a second of its start: it would go on like that
  auto started = Clock::now();
  int quick_deaths = 0;
  while (true) {
    int signal = 0;
    sigwait(&signals, &signal);
    if (signal != SIGCHLD) {
      ::kill(server, SIGTERM);
      return wait_for(server);
    }
    if (::waitpid(server, nullptr, WNOHANG) != server) continue;
    quick_deaths = Clock::now() - started < std::chrono::seconds(1) ? quick_deaths + 1 : 0;
    if (quick_deaths == kDeathsMax) return complain("the server does not stay up; its words are above");
    fmt::print(stderr, "sigap: the server died; it is started again\n");
    started = Clock::now();
    server = installation::start_server(config, before);
  }
}

int demo(DemoOptions& o) {
  if (o.local.http.empty()) o.local.http = o.lan ? kHttpInLan : kHttpAlone;
  if (o.lan)
    if (auto opened = open_to_the_network(o); !opened) return complain(opened.error().message);
  if (!(o.lan || loopback(o.local.http)) || !loopback(o.local.sip) ||
      !(o.local.call_to.empty() || loopback(o.local.call_to)))
    return complain("the demo's passwords are for this machine only: use 127.0.0.1, or --lan for HTTPS");
  const auto read = read_people(o.people);
  if (!read) return complain("--people: " + read.error().message);
  const auto& people = *read;
  auto configuration = installation::write_configuration(o.local);
  if (!configuration) return complain(configuration.error().message);
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) sigaddset(&signals, signal);
  sigset_t before;
  pthread_sigmask(SIG_BLOCK, nullptr, &before);
  const int server = installation::start_server(*configuration, before);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::vector<core::AddPerson> records;
  for (const auto& person : people) records.push_back(person.record);
  auto settled = installation::await_server(o.local.data, server);
  if (settled) settled = installation::settle_people(o.local.data, records);
  if (settled && !o.credentials.empty() && !installation::write_private(o.credentials, credentials_json(o, people)))
    settled = refuse("io", "cannot write " + o.credentials.string());
  if (!settled) {
    ::kill(server, SIGTERM);
    (void)wait_for(server);
    return complain(settled.error().message);
  }
  show(o, people);
  const int callers = o.fake_calls ? start_fake_calls(o.local.sip, before) : 0;
  const int code = watch(*configuration, server, signals, before);
  if (callers > 0) ::kill(callers, SIGTERM);
  return code;
}

/// No carrier is here: this shows what it would have been given.
int messages(const fs::path& data) {
  installation::ControlClient client;
  if (auto connected = client.connect(data); !connected) return complain(connected.error().message);
  auto shown = client.shown_messages();
  if (!shown) return complain(shown.error().message);
  for (const auto& message : *shown) fmt::print("{}\n", message);
  return kDone;
}

}  // namespace

void add_demo(CLI::App& app, Run& run) {
  auto options = std::make_shared<DemoOptions>();
  installation::find_assets(options->local);
  auto* demo_command = app.add_subcommand("demo", "a whole installation on this machine, with demo people");
  demo_command->add_option("--data", options->local.data, "data folder")->required();
  demo_command->add_flag("--fake-calls", options->fake_calls,
                         "a caller rings now and then (sigap-drill): the line seen live without a SIP telephone");
  options->local.http.clear();
  demo_command->add_option("--http", options->local.http,
                           fmt::format("ADDRESS:PORT of the pages ({}; with --lan {})", kHttpAlone, kHttpInLan));
  demo_command->add_flag("--lan", options->lan,
                         "pages by HTTPS for the network of this machine, with a certificate of its own (DATA.lan)");
  demo_command->add_option("--plain", options->plain, "with --lan: ADDRESS:PORT that leads to HTTPS")
      ->capture_default_str();
  demo_command->add_option("--sip", options->local.sip, "ADDRESS:PORT of SIP, UDP and TCP")->capture_default_str();
  demo_command->add_option("--call-to", options->local.call_to,
                           "ADDRESS:PORT of a SIP telephone (UDP) where calls back ring; without it none go out");
  demo_command->add_option("--ring-back", options->local.ring_back_after_s,
                           "seconds until the system itself calls whom nobody answered; 0: never");
  options->local.web_calls = 200;
  demo_command->add_option("--web-calls", options->local.web_calls, "calls of citizens' pages at once; 0: none")
      ->capture_default_str();
  options->local.second_factor = "offered";  // who looks around has no telephone at hand
  demo_command
      ->add_option("--second-factor", options->local.second_factor,
                   "of supervisors and administrators: asked of them, or offered")
      ->check(CLI::IsMember({"required", "offered"}))
      ->capture_default_str();
  options->local.reviewed_percent = 3;
  demo_command->add_option("--reviewed-percent", options->local.reviewed_percent, "of handled calls, 2 to 100")
      ->capture_default_str();
  demo_command->add_option("--demo-credentials", options->credentials, "also write the passwords to this file (JSON)");
  demo_command->add_flag("--softphone", options->local.media_learned,
                         "callers are softphones of this machine, which send from another address than they name");
  demo_command->add_option("--assets", options->local.assets, "prompts and places")->capture_default_str();
  demo_command->add_option("--pages", options->local.pages, "the built pages")->capture_default_str();
  demo_command->add_option("--nation", options->local.nation, "stations and jurisdictions")->capture_default_str();
  demo_command->add_option("--people", options->people, "demo people")->capture_default_str();
  demo_command->callback([&run, options] { run = [options] { return demo(*options); }; });

  auto* shown = app.add_subcommand("messages", "text messages that the fake gateway shows instead of sending them");
  shown->add_option("--data", options->local.data, "the server's data folder")->required();
  shown->callback([&run, options] { run = [options] { return messages(options->local.data); }; });
}

}  // namespace sigap::cli
