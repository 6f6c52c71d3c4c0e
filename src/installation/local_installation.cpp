#include "installation/local_installation.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>
#include <utility>

#include "installation/control_client.h"
#include "process/signs.h"

namespace sigap::installation {
namespace {

namespace fs = std::filesystem;

/// Of the media's control, and as many above them for the keys that callers press.
constexpr int kControlPorts = 5'000;
constexpr std::chrono::minutes kStill{1};  // of a server that is waited for

std::string path(const fs::path& p) {
  return fs::absolute(p).lexically_normal().string();
}

std::string transport(const LocalOptions& o) {
  if (!o.secure) return "insecure_cookie = true\n";
  return fmt::format("certificate = '{}'\nkey = '{}'\nauthority = '{}'\nredirect_from = '{}'\nhosts = ['{}']\n",
                     path(o.secure->certificate), path(o.secure->key), path(o.secure->authority),
                     o.secure->redirect_from, fmt::join(o.secure->hosts, "', '"));
}

std::string web_callers(const LocalOptions& o) {
  if (!o.web_calls) return {};
  return fmt::format("[web_callers]\ncalls_max = {}\nstation = 'polres-sleman'\n", *o.web_calls);
}

std::string reviews(const LocalOptions& o) {
  if (!o.reviewed_percent) return {};
  return fmt::format("[quality]\nform = '{}'\nsample_percent = {}\n", path(o.nation / "review-form.toml"),
                     *o.reviewed_percent);
}

/// Another nation's folder may have none.
std::string complaints(const LocalOptions& o) {
  const auto file = o.nation / "case-categories.toml";
  return fs::exists(file) ? fmt::format("[cases]\ncategories = '{}'\n", path(file)) : "";
}

std::string administration(const LocalOptions& o) {
  if (!o.second_factor) return {};
  return fmt::format("[administration]\nsecond_factor = '{}'\n", *o.second_factor);
}

std::string configuration(const LocalOptions& o) {
  return fmt::format(
      R"([storage]
data = '{0}'
keys = '{0}.keys'
[nation]
folder = '{1}'
places = '{2}/places.tsv'
[web]
listen = '{3}'
pages = '{4}'
public_url = '{14}'
{15}{17}{18}{19}[clients]
private_addresses = true
[sip]
listen = '{5}'
[media]
address = '{16}'
ng_port = {6}
dtmf_port = {10}
port_min = {7}
port_max = {8}
prompts = '{2}/prompts'
ends_with_server = {9}
[[trunk]]
name = 'demo'
addresses = ['127.0.0.1', '::1'{13}]
station = 'polres-sleman'
media = '{12}'
{11})",
      path(o.data), path(o.nation), path(o.assets), o.http, path(o.pages), o.sip, control_port(o), o.rtp_min, o.rtp_max,
      o.media_ends_with_server, control_port(o) + kControlPorts,
      o.call_to.empty()
          ? ""
          : fmt::format("outgoing = true\ncall_to = '{}'\n[outgoing]\nring_back_after_s = {}\n[[line]]\nname = "
                        "'Ambulans 119'\nnumber = '119'\n",
                        o.call_to, o.ring_back_after_s),
      o.media_learned ? "learned" : "as-signalled",
      o.second_trunk_address.empty() ? "" : fmt::format(", '{}'", o.second_trunk_address), o.url(), transport(o),
      o.media_address, web_callers(o), reviews(o), administration(o) + complaints(o));
}

}  // namespace

std::string LocalOptions::url() const {
  if (!secure) return "http://" + http;
  return "https://" + secure->hosts.front() + http.substr(http.rfind(':'));
}

fs::path folder_of_this_program() {
  return fs::read_symlink("/proc/self/exe").parent_path();
}

void find_assets(LocalOptions& o) {
  const auto built = (folder_of_this_program() / "../../..").lexically_normal();
  const bool here = fs::exists(built / "data/indonesia");
  o.assets = here ? built / "build/assets" : "/usr/share/sigap/assets";
  o.pages = here ? built / "web/dist" : "/usr/share/sigap/pages";
  o.nation = here ? built / "data/indonesia" : "/usr/share/sigap/indonesia";
}

int control_port(const LocalOptions& o) {
  constexpr int kLowest = 10'000;  // below what the system hands out by itself (ip_local_port_range)
  return kLowest +
         (static_cast<int>(std::strtol(o.sip.c_str() + o.sip.rfind(':') + 1, nullptr, 10)) + 7162) % kControlPorts;
}

bool write_private(const fs::path& file, const std::string& text) {
  const auto mask = ::umask(0077);
  std::ofstream out(file);
  out << text;
  ::umask(mask);
  return out.good();
}

Result<fs::path> write_configuration(const LocalOptions& o) {
  std::error_code error;
  fs::create_directories(o.data, error);
  if (error) return refuse("io", "cannot make " + o.data.string() + ": " + error.message());
  fs::permissions(o.data, fs::perms::owner_all, error);
  const auto file = o.data / "sigap.toml";
  if (!write_private(file, configuration(o))) return refuse("io", "cannot write " + file.string());
  fs::remove(o.data / "control.sock", error);
  return file;
}

int start_server(const fs::path& configuration, const sigset_t& signals, const fs::path& program) {
  const auto sigapd = program.empty() ? folder_of_this_program() / "sigapd" : program;
  const int child = ::fork();
  if (child == 0) {
    ::setpgid(0, 0);  // Ctrl-C is for us; we pass it on
    pthread_sigmask(SIG_SETMASK, &signals, nullptr);
    ::execl(sigapd.c_str(), "sigapd", "--config", configuration.c_str(), nullptr);
    ::_exit(127);
  }
  return child;
}

std::int64_t work_of(int process) {
  const auto signs = process::signs_of(process).value_or(process::Signs{});
  return signs.worked.ms + signs.waited.ms;
}

Result<bool> await_server(const fs::path& data, int server) {
  auto give_up = std::chrono::steady_clock::now() + kStill;
  auto worked = work_of(server);
  const auto answers = [&] {  // its socket is there before anybody listens
    ControlClient client;
    return client.connect(data).has_value();
  };
  while (!answers()) {
    if (::waitpid(server, nullptr, WNOHANG) == server)
      return refuse("io", "the server did not start; its words are above");
    if (const auto works = work_of(server); std::exchange(worked, works) != works)
      give_up = std::chrono::steady_clock::now() + kStill;
    if (std::chrono::steady_clock::now() > give_up) return refuse("io", "the server does not answer");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

Result<bool> settle_people(const fs::path& data, const std::vector<core::AddPerson>& people) {
  ControlClient client;
  if (auto connected = client.connect(data); !connected) return connected;
  for (const auto& person : people) {
    const core::PersonCard* known = nullptr;
    for (const auto& card : client.picture().people)
      if (card.login == person.login) known = &card;
    auto done =
        known ? client.ask(core::SetPassword{known->person, person.password, person.lasting}) : client.ask(person);
    if (!done) return done;
  }
  return true;
}

}  // namespace sigap::installation
