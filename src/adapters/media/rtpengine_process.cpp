#include "adapters/media/rtpengine_process.h"

#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>
#include <utility>
#include <vector>

#include "process/detached.h"
#include "process/udp_owner.h"

namespace sigap::media {
namespace {

using process::Vitality, process::Watchdog;

using Clock = std::chrono::steady_clock;
constexpr int kPauseMax_looks = 20;

/// Of each kind, of rtpengine: those that take packets and requests, those that play. One a processor of each, its
/// default, wake each other up for every packet: a prompt cost two to three times as much (docs/performance.md).
unsigned threads() {
  return std::max(1U, std::thread::hardware_concurrency() / 2);
}

std::vector<std::string> command_line(const ProcessConfig& c) {
  // -t -1: no kernel table; -f: stays in our hands; --timeout: a caller who is silent is not cut off by the media.
  std::vector<std::string> words = {c.binary,
                                    "--config-file=none",
                                    "-t",
                                    "-1",
                                    "-i",
                                    c.address,
                                    "-n",
                                    "127.0.0.1:" + std::to_string(c.ng_port),
                                    "-m",
                                    std::to_string(c.port_min),
                                    "-M",
                                    std::to_string(c.port_max),
                                    "--delete-delay=0",
                                    "--timeout=86400",
                                    "--silent-timeout=86400",
                                    "--num-threads=" + std::to_string(threads()),
                                    "--media-num-threads=" + std::to_string(threads()),
                                    "--log-level=3",
                                    "-f",
                                    "-E"};
  if (!c.address6.empty()) {  // the same interface to rtpengine, by another family
    words.push_back("-i");
    words.push_back(c.address6);
  }
  if (c.dtmf_port) words.push_back("--dtmf-log-dest=127.0.0.1:" + std::to_string(c.dtmf_port));
  return words;
}

}  // namespace

RtpengineProcess::RtpengineProcess(boost::asio::io_context& io, NgClient& ng, ProcessConfig config)
    : io_(io), ng_(ng), config_(std::move(config)), timer_(io) {}

RtpengineProcess::~RtpengineProcess() {
  if (!config_.ends_with_us) return;
  const int adopted = child_ > 0 ? -1 : noted_child();
  const int process = child_ > 0 ? child_.load() : adopted;
  if (process <= 0) return;
  ::kill(process, SIGTERM);
  for (int i = 0; i < 20; ++i) {
    if (child_ > 0 ? ::waitpid(child_, nullptr, WNOHANG) != 0 : ::kill(adopted, 0) != 0) break;
    ::usleep(50'000);
  }
}

int RtpengineProcess::noted_child() const {
  int process = -1;
  std::string name;
  std::ifstream(config_.pid_file) >> process;
  std::ifstream("/proc/" + std::to_string(process) + "/comm") >> name;
  return name.rfind("rtpengine", 0) == 0 ? process : -1;  // the number may be somebody else's by now
}

void RtpengineProcess::watch() {
  look();
}

void RtpengineProcess::stop() {
  stopping_ = true;
  timer_.cancel();
}

void RtpengineProcess::look() {
  if (stopping_) return;
  ping();
  switch (watchdog_.look(signs())) {
    case Vitality::alive:
      is_alive();
      break;
    case Vitality::slow:
      // At first nobody is there: no need to doubt.
      if (!was_up_ && refused_ && watched_ < 0)
        is_dead();
      else if (was_up_ && !died_)
        set_health(true, "rtpengine is slow to answer", true);
      break;
    case Vitality::dead:
      is_dead();
      break;
  }
  answered_ = refused_ = false;
  timer_.expires_after(std::chrono::milliseconds(Watchdog::kEvery.ms));
  timer_.async_wait([this](boost::system::error_code stopped) {
    if (!stopped) look();
  });
}

void RtpengineProcess::ping() {
  if (std::exchange(asked_, true)) return;
  ng_.ask({{"command", "ping"}}, [this](const auto& reply) {
    asked_ = false;
    if (stopping_) return;
    answered_ = answered_ || reply.has_value();
    refused_ = refused_ || (!reply && reply.error().message == NgClient::kNobodyListens);
    // Whoever waits for it, or for a start, need not wait for the next look.
    if (answered_ && (!was_up_ || died_)) is_alive();
    if (refused_ && !was_up_ && starts_ == 0 && watched_ < 0) is_dead();
  });
}

process::Sighting RtpengineProcess::signs() {
  process::Sighting seen;
  const auto now = Clock::now();
  seen.since_last = {std::chrono::duration_cast<std::chrono::milliseconds>(now - std::exchange(looked_, now)).count()};
  seen.answered = answered_;
  seen.refused = refused_;
  if (child_ > 0 && ::waitpid(child_, nullptr, WNOHANG) == child_) child_ = -1;
  const int known = child_ > 0 ? child_.load() : noted_child();
  const int before = std::exchange(watched_, known);
  if (known > 0) seen.process = process::signs_of(known);
  if (before > 0 && before != known) seen.process = process::Signs{true, false, {}, {}};
  return seen;
}

bool RtpengineProcess::is_believed() const {
  if (!boost::asio::ip::make_address(config_.ng_host).is_loopback()) return true;  // a network of its own
  const auto owner = process::owner_of_udp(config_.ng_host, config_.ng_port);
  if (!owner) return false;
  const auto* rtpengine = ::getpwnam("rtpengine");
  return *owner == ::geteuid() || *owner == 0 || (rtpengine && *owner == rtpengine->pw_uid);
}

void RtpengineProcess::is_alive() {
  if ((!was_up_ || died_) && !is_believed())
    return set_health(false, "UDP port " + std::to_string(config_.ng_port) + " is another account's");
  was_up_ = true;
  if (pause_looks_ > 0) --pause_looks_;
  set_health(true, "");
  if (std::exchange(died_, false) && on_restart_) on_restart_();
}

void RtpengineProcess::is_dead() {
  set_health(false, "rtpengine does not answer");
  if (was_up_ && !std::exchange(died_, true)) {
    ng_.give_up("rtpengine is dead");
    if (on_death_) on_death_();
  }
  if (pause_looks_ > 0)
    --pause_looks_;
  else
    start_one();
}

void RtpengineProcess::start_one() {
  if (!boost::asio::ip::make_address(config_.ng_host).is_loopback()) return;  // its own host looks after it
  if (watched_ > 0) ::kill(watched_, SIGKILL);  // there but deaf: it must not keep the ports
  if (child_ > 0) ::waitpid(child_, nullptr, 0);
  const int child = process::start_detached(command_line(config_), config_.log_file);
  child_ = child;
  if (!config_.pid_file.empty()) std::ofstream(config_.pid_file) << child << '\n';
  watched_ = child;
  watchdog_.begin_anew();
  pause_looks_ = std::min(kPauseMax_looks, 2 << std::min(starts_, 4));
  ++starts_;
  const std::lock_guard lock(mutex_);
  health_.restarts += was_up_;
}

void RtpengineProcess::set_health(bool up, std::string note, bool slow) {
  const std::lock_guard lock(mutex_);
  health_.up = up;
  health_.note = std::move(note);
  health_.slow = slow;
}

ports::MediaHealth RtpengineProcess::health() const {
  const std::lock_guard lock(mutex_);
  return health_;
}

}  // namespace sigap::media
