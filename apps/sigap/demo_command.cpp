// sigap demo: a whole installation on this machine's loopback, with demo people. What ./run starts.
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <thread>

#include "sigap/commands.h"
#include "sigap/control_client.h"
#include "sigap/passwords.h"

namespace sigap::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path data, credentials;
  fs::path assets = "build/assets", pages = "web/dist", nation = "data/indonesia", people = "data/demo/people.csv";
  std::string http = "127.0.0.1:8110", sip = "127.0.0.1:5060";
};

struct DemoPerson {
  core::AddPerson record;
  std::string role;
};

int complain(const std::string& what) {
  fmt::print(stderr, "sigap: {}\n", what);
  return kUnusable;
}

bool loopback(const std::string& listen) {
  return listen.rfind("127.", 0) == 0 || listen.rfind("[::1]:", 0) == 0 || listen.rfind("localhost:", 0) == 0;
}

/// Private to its owner from the first byte.
bool write_private(const fs::path& file, const std::string& text) {
  const auto mask = ::umask(0077);
  std::ofstream out(file);
  out << text;
  ::umask(mask);
  return out.good();
}

std::vector<DemoPerson> read_people(const fs::path& file) {
  const std::map<std::string, people::Role> roles = {{"operator", people::Role::operator_},
                                                     {"officer", people::Role::officer},
                                                     {"supervisor", people::Role::supervisor},
                                                     {"administrator", people::Role::administrator}};
  std::vector<DemoPerson> people;
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> fields(1);
    for (const char c : line)
      if (c == ',')
        fields.emplace_back();
      else
        fields.back() += c;
    if (fields.size() != 5 || !roles.contains(fields[2])) continue;
    people.push_back(
        {{fields[0], fields[1], roles.at(fields[2]), {fields[3]}, fields[4], random_password()}, fields[2]});
  }
  return people;
}

/// Of the media process: the same for the same SIP port, so that a server that was killed finds its voices again.
int control_port(const std::string& sip) {
  constexpr int kLowest = 10'000, kSpan = 50'000;
  return kLowest + (std::atoi(sip.substr(sip.rfind(':') + 1).c_str()) + 7162) % kSpan;
}

std::string configuration(const Options& o) {
  const auto path = [](const fs::path& p) { return fs::absolute(p).lexically_normal().string(); };
  return fmt::format(R"([storage]
data = '{0}'
keys = '{0}.keys'
[nation]
folder = '{1}'
places = '{2}/places.tsv'
[web]
listen = '{3}'
pages = '{4}'
public_url = 'http://{3}'
insecure_cookie = true
[sip]
listen = '{5}'
[media]
ng_port = {6}
prompts = '{2}/prompts'
ends_with_server = true
[[trunk]]
name = 'demo'
addresses = ['127.0.0.1', '::1']
station = 'polres-sleman'
)",
                     path(o.data), path(o.nation), path(o.assets), o.http, path(o.pages), o.sip, control_port(o.sip));
}

/// Everybody exists and has the password of this start.
Result<bool> settle_people(ControlClient& client, const std::vector<DemoPerson>& people) {
  for (const auto& person : people) {
    const core::PersonCard* known = nullptr;
    for (const auto& card : client.picture().people)
      if (card.login == person.record.login) known = &card;
    auto done =
        known ? client.ask(core::SetPassword{known->person, person.record.password}) : client.ask(person.record);
    if (!done) return done;
  }
  return true;
}

std::string credentials_json(const Options& o, const std::vector<DemoPerson>& people) {
  std::string json = fmt::format("{{\"http\": \"http://{}\", \"sip\": \"{}\", \"people\": [", o.http, o.sip);
  for (std::size_t i = 0; i < people.size(); ++i)
    json += fmt::format("{}\n  {{\"login\": \"{}\", \"password\": \"{}\", \"role\": \"{}\", \"station\": \"{}\"}}",
                        i ? "," : "", people[i].record.login, people[i].record.password, people[i].role,
                        people[i].record.station.value);
  return json + "\n]}\n";
}

int start_server(const fs::path& config, const sigset_t& signals) {
  const auto program = fs::read_symlink("/proc/self/exe").parent_path() / "sigapd";
  const int child = ::fork();
  if (child == 0) {
    ::setpgid(0, 0);  // Ctrl-C is for us; we pass it on
    pthread_sigmask(SIG_SETMASK, &signals, nullptr);
    ::execl(program.c_str(), "sigapd", "--config", config.c_str(), nullptr);
    ::_exit(127);
  }
  return child;
}

void show(const Options& o, const std::vector<DemoPerson>& people) {
  fmt::print("\nSigap runs.   Ctrl-C stops it.\n\n");
  fmt::print("  http://{}/konsol     operators and supervisors\n", o.http);
  fmt::print("  http://{}/petugas    officers, on a phone\n", o.http);
  fmt::print("  http://{}/admin      administrators\n", o.http);
  fmt::print("  sip:110@{}           where a call comes in (UDP and TCP, from this machine)\n\n", o.sip);
  fmt::print("  {:<12} {:<24} {:<14} {}\n", "login", "password", "role", "station");
  for (const auto& p : people)
    fmt::print("  {:<12} {:<24} {:<14} {}\n", p.record.login, p.record.password, p.role, p.record.station.value);
  fmt::print("\n  sigap messages --data {}     text messages to citizens that a real carrier would have sent\n",
             o.data.string());
  std::fflush(stdout);
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
    server = start_server(config, before);
  }
}

int demo(const Options& o) {
  if (!loopback(o.http) || !loopback(o.sip))
    return complain("the demo's passwords are for this machine only: use 127.0.0.1");
  std::error_code error;
  fs::create_directories(o.data, error);
  if (error) return complain("cannot make " + o.data.string() + ": " + error.message());
  fs::permissions(o.data, fs::perms::owner_all, error);
  const auto config = o.data / "sigap.toml";
  if (!write_private(config, configuration(o))) return complain("cannot write " + config.string());
  fs::remove(o.data / "control.sock", error);

  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) sigaddset(&signals, signal);
  sigset_t before;
  pthread_sigmask(SIG_BLOCK, nullptr, &before);
  int server = start_server(config, before);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!fs::exists(o.data / "control.sock")) {
    if (::waitpid(server, nullptr, WNOHANG) == server) return complain("the server did not start; its words are above");
    if (std::chrono::steady_clock::now() > give_up)
      return ::kill(server, SIGTERM), complain("the server does not answer");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  const auto people = read_people(o.people);
  {
    ControlClient client;
    auto settled = client.connect(o.data);
    if (settled) settled = settle_people(client, people);
    if (!settled) {
      ::kill(server, SIGTERM);
      (void)wait_for(server);
      return complain(settled.error().message);
    }
  }
  if (!o.credentials.empty() && !write_private(o.credentials, credentials_json(o, people))) {
    ::kill(server, SIGTERM);
    (void)wait_for(server);
    return complain("cannot write " + o.credentials.string());
  }
  show(o, people);
  return watch(config, server, signals, before);
}

/// No carrier is here: this shows what it would have been given.
int messages(const fs::path& data) {
  ControlClient client;
  if (auto connected = client.connect(data); !connected) return complain(connected.error().message);
  auto shown = client.shown_messages();
  if (!shown) return complain(shown.error().message);
  for (const auto& message : *shown) fmt::print("{}\n", message);
  return kDone;
}

}  // namespace

void add_demo(CLI::App& app, Run& run) {
  auto options = std::make_shared<Options>();
  auto* demo_command = app.add_subcommand("demo", "a whole installation on this machine, with demo people");
  demo_command->add_option("--data", options->data, "data folder")->required();
  demo_command->add_option("--http", options->http, "ADDRESS:PORT of the pages")->capture_default_str();
  demo_command->add_option("--sip", options->sip, "ADDRESS:PORT of SIP, UDP and TCP")->capture_default_str();
  demo_command->add_option("--demo-credentials", options->credentials, "also write the passwords to this file (JSON)");
  demo_command->add_option("--assets", options->assets, "prompts and places")->capture_default_str();
  demo_command->add_option("--pages", options->pages, "the built pages")->capture_default_str();
  demo_command->add_option("--nation", options->nation, "stations and jurisdictions")->capture_default_str();
  demo_command->add_option("--people", options->people, "demo people")->capture_default_str();
  demo_command->callback([&run, options] { run = [options] { return demo(*options); }; });

  auto* shown = app.add_subcommand("messages", "text messages that the fake gateway shows instead of sending them");
  shown->add_option("--data", options->data, "the server's data folder")->required();
  shown->callback([&run, options] { run = [options] { return messages(options->data); }; });
}

}  // namespace sigap::cli
