#include "drill/scratch_target.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "adapters/media/rtpengine_process.h"
#include "installation/passwords.h"

namespace sigap::drill {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr int kRtp = 20'000, kLocalRtpPorts = 4'000;  // the operators' half is above: exercise.cpp
constexpr std::chrono::seconds kPatience{30};         // for an end; for a start, in which it does nothing
constexpr milliseconds kReturn{4'000};                // to see everybody back, and 3 s more

template <class Socket>
std::string free_address(asio::io_context& io) {
  using Endpoint = typename Socket::protocol_type::endpoint;
  const Socket socket(io, Endpoint(asio::ip::address_v4::loopback(), 0));
  return in_uri(socket.local_endpoint());
}

}  // namespace

ScratchTarget::ScratchTarget(asio::io_context& io, ScratchPlan plan) : io_(io), plan_(std::move(plan)) {
  auto& local = plan_.local;
  local.data = scratch_ / "data";
  local.http = free_address<asio::ip::tcp::acceptor>(io);
  local.sip = free_address<asio::ip::udp::socket>(io);
  local.media_ends_with_server = false;
  local.rtp_min = kRtp;
  local.rtp_max = kRtp + kLocalRtpPorts;
}

void ScratchTarget::stop() {
  if (server_ <= 0) return;
  ::kill(server_, SIGTERM);
  ::waitpid(server_, nullptr, 0);
  server_ = -1;
}

ScratchTarget::~ScratchTarget() {
  stop();
  // The media process that the server started, by the server's own note of it.
  media::ProcessConfig left_over;
  left_over.pid_file = plan_.local.data / "rtpengine.pid";
  left_over.ends_with_us = true;
  left_over.ng_port = static_cast<std::uint16_t>(installation::control_port(plan_.local));
  media::NgClient ng(io_, left_over.ng_port);
  { const media::RtpengineProcess end(io_, ng, left_over); }
  ng.close();
}

std::string ScratchTarget::intent(int waiting, int talking) const {
  if (plan_.media)
    return fmt::format("Drill: {} callers wait, {} talk, the media process gets kill -9\n", waiting, talking);
  return fmt::format("Drill: {} callers wait, {} talk, the server gets {} and is down for {} ms\n", waiting, talking,
                     plan_.signal == SIGKILL ? "kill -9" : "SIGTERM", plan_.down_ms);
}

int ScratchTarget::start() {
  sigset_t none;
  sigemptyset(&none);
  std::error_code error;
  fs::remove(plan_.local.data / "control.sock", error);
  const auto& all = plan_.programs;
  const auto program = all.empty() ? fs::path() : all[std::min(started_times_++, all.size() - 1)];
  return installation::start_server(configuration_, none, program);
}

Result<Doors> ScratchTarget::open(Patience&, int operators) {
  auto configuration = installation::write_configuration(plan_.local);
  if (!configuration) return tl::unexpected(configuration.error());
  configuration_ = *configuration;
  server_ = start();
  if (auto up = installation::await_server(plan_.local.data, server_); !up) return tl::unexpected(up.error());
  Doors doors;
  std::vector<core::AddPerson> people;
  for (int i = 1; i <= operators; ++i) {
    const Operator one{"drill" + std::to_string(i), installation::random_password()};
    people.push_back({one.login, "Drill", people::Role::operator_, {"polres-sleman"}, "", one.password, true});
    doors.operators.push_back(one);
  }
  if (auto settled = installation::settle_people(plan_.local.data, people); !settled)
    return tl::unexpected(settled.error());
  doors.path = path_on_loopback(plan_.local.http, plan_.local.sip);
  doors.ng.emplace(asio::ip::address_v4::loopback(),
                   static_cast<std::uint16_t>(installation::control_port(plan_.local)));
  doors.data = plan_.local.data;
  doors.keys = plan_.local.data.string() + ".keys";
  return doors;
}

int ScratchTarget::media_process() const {
  int process = -1;
  std::ifstream(plan_.local.data / "rtpengine.pid") >> process;
  return process;
}

/// The server starts another one by itself and notes it.
Result<Target::Sight> ScratchTarget::look_at_media() {
  if (sight_ == Sight::standing) return sight_ = Sight::away;
  if (media_process() > 0 && media_process() != media_hit_) return sight_ = Sight::back;
  if (Clock::now() - struck_ > 4 * kPatience) return refuse("io", "the media process does not come back");
  return sight_;
}

Result<bool> ScratchTarget::strike() {
  struck_ = Clock::now();
  sight_ = Sight::standing;
  if (plan_.media) {
    started_ = struck_;
    media_hit_ = media_process();
    if (media_hit_ <= 0 || ::kill(media_hit_, SIGKILL) != 0) return refuse("io", "there is no media process");
    return true;
  }
  if (::kill(server_, plan_.signal) != 0) return refuse("io", "the server is not there any more");
  return true;
}

Result<Target::Sight> ScratchTarget::look() {
  if (plan_.media) return look_at_media();
  if (sight_ == Sight::standing && ::waitpid(server_, nullptr, WNOHANG) == server_) {
    sight_ = Sight::away;
    died_ = Clock::now();
    server_ = -1;
  }
  if (sight_ == Sight::standing && Clock::now() - struck_ > kPatience) return refuse("io", "the server does not end");
  if (sight_ != Sight::away) return sight_;
  if (server_ < 0) {
    if (Clock::now() - died_ < milliseconds(plan_.down_ms)) return sight_;
    started_ = Clock::now();
    server_ = start();
    starting_.emplace(kPatience);
  }
  if (fs::exists(plan_.local.data / "control.sock"))
    sight_ = Sight::back;
  else if (::waitpid(server_, nullptr, WNOHANG) == server_) {
    server_ = -1;
    return refuse("io", "the server did not start again; its words are above");
  } else if (starting_->over(installation::work_of(server_)))
    return refuse("io", "the server does not come back");
  return sight_;
}

Clock::duration ScratchTarget::measured() const {
  return kReturn + milliseconds(plan_.down_ms);
}

}  // namespace sigap::drill
