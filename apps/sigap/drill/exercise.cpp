#include "sigap/drill/exercise.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/json/array.hpp>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/media/media_hand.h"
#include "adapters/vault/vault_sodium.h"
#include "codec/event_codec.h"
#include "runtime/vault_sealer.h"
#include "sigap/passwords.h"

namespace sigap::drill {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using people::OperatorState;

constexpr milliseconds kPacket{20};
constexpr double kDeaf_ms = 400;  // a prompt has pauses of its own: silence is sent as packets all the same
constexpr int kServerRtp = 20'000, kFarRtp = 25'000, kRtpPorts = 4'000;

template <class Socket>
std::string free_address(asio::io_context& io) {
  using Endpoint = typename Socket::protocol_type::endpoint;
  const Socket socket(io, Endpoint(asio::ip::address_v4::loopback(), 0));
  return "127.0.0.1:" + std::to_string(socket.local_endpoint().port());
}

fs::path make_scratch() {
  std::string pattern = (fs::temp_directory_path() / "sigap-drill-XXXXXX").string();
  return mkdtemp(pattern.data());
}

double ms_since(Clock::time_point t) {
  return std::chrono::duration<double, std::milli>(Clock::now() - t).count();
}

}  // namespace

Exercise::Exercise(Plan plan)
    : plan_(std::move(plan)), scratch_(make_scratch()), ticks_(io_), last_step_(Clock::now()) {
  auto& local = plan_.local;
  local.data = scratch_ / "data";
  local.http = free_address<asio::ip::tcp::acceptor>(io_);
  local.sip = free_address<asio::ip::udp::socket>(io_);
  local.media_ends_with_server = false;
  local.rtp_min = kServerRtp;
  local.rtp_max = kServerRtp + kRtpPorts;
}

Exercise::~Exercise() {
  talkers_.clear();
  waiters_.clear();
  desks_.clear();
  far_end_.reset();
  if (server_ > 0) {
    ::kill(server_, SIGTERM);
    ::waitpid(server_, nullptr, 0);
  }
  // The media process that the server started, by the server's own note of it.
  media::ProcessConfig left_over;
  left_over.pid_file = plan_.local.data / "rtpengine.pid";
  left_over.ends_with_us = true;
  left_over.ng_port = static_cast<std::uint16_t>(cli::control_port(plan_.local));
  media::NgClient ng(io_, left_over.ng_port);
  { const media::RtpengineProcess end(io_, ng, left_over); }
  ng.close();
  std::error_code error;
  fs::remove_all(scratch_, error);
}

template <class Condition>
bool Exercise::wait(Condition condition, int seconds) {
  const auto end = Clock::now() + std::chrono::seconds(seconds);
  while (!condition()) {
    if (Clock::now() > end) return false;
    io_.run_for(milliseconds(5));
  }
  return true;
}

void Exercise::step(const std::string& what) {
  fmt::print("  {:5.1f} s  {}\n", ms_since(last_step_) / 1000, what);
  std::fflush(stdout);
  last_step_ = Clock::now();
}

void Exercise::tick() {
  next_tick_ = std::max(next_tick_ + kPacket, Clock::now() - kPacket);
  ticks_.expires_at(next_tick_);
  ticks_.async_wait([this](boost::system::error_code stopped) {
    if (stopped) return;
    for (const auto& caller : talkers_) caller->voice().tick();
    for (const auto& caller : waiters_) caller->voice().tick();
    for (const auto& desk : desks_) desk->voice().tick();
    tick();
  });
}

int Exercise::start(const fs::path& program) {
  sigset_t none;
  sigemptyset(&none);
  std::error_code error;
  fs::remove(plan_.local.data / "control.sock", error);
  return cli::start_server(configuration_, none, program);
}

bool Exercise::hears(Caller& caller) {
  return caller.state() == Caller::State::answered && caller.voice().packets() > 0 &&
         caller.voice().silent_ms() < kDeaf_ms;
}

Result<bool> Exercise::set_up() {
  fmt::print("Drill: {} callers wait, {} talk, the server gets {} and is down for {} ms\n", plan_.waiting,
             plan_.talking, plan_.signal == SIGKILL ? "kill -9" : "SIGTERM", plan_.down_ms);
  auto configuration = cli::write_configuration(plan_.local);
  if (!configuration) return tl::unexpected(configuration.error());
  configuration_ = *configuration;
  server_ = start(plan_.first);
  if (auto up = cli::await_server(plan_.local.data, server_); !up) return up;
  std::vector<core::AddPerson> people;
  for (int i = 1; i <= plan_.talking; ++i)
    people.push_back(
        {"drill" + std::to_string(i), "Drill", people::Role::operator_, {"polres-sleman"}, "", cli::random_password()});
  if (auto settled = cli::settle_people(plan_.local.data, people); !settled) return settled;

  media::ProcessConfig far;
  far.ng_port = media::free_udp_port();
  far.port_min = kFarRtp;
  far.port_max = kFarRtp + kRtpPorts;
  far.ends_with_us = true;
  far_end_ = std::make_unique<FarEnd>(io_, far);
  far_end_->start();
  if (!wait([&] { return far_end_->up(); }, 10)) return refuse("io", "the operators' media process does not start");
  const auto way = way_on_loopback(plan_.local.http, plan_.local.sip);
  for (const auto& person : people) {
    desks_.push_back(std::make_unique<Desk>(io_, way, person.login, *far_end_));
    if (auto signed_in = desks_.back()->sign_in(person.password); !signed_in) return signed_in;
    desks_.back()->open();
  }
  const auto all_desks = [&](OperatorState state) {
    return std::all_of(desks_.begin(), desks_.end(), [&](auto& desk) { return desk->state() == state; });
  };
  if (!wait([&] { return all_desks(OperatorState::ready); }, 20)) return refuse("io", "the operators are not ready");
  step(fmt::format("server, media and {} operators are ready", desks_.size()));

  next_tick_ = Clock::now();
  tick();
  int number = 0;
  const auto dial = [&](std::vector<std::unique_ptr<Caller>>& callers, int count) {
    for (int i = 0; i < count; ++i) {
      callers.push_back(std::make_unique<Caller>(io_, way, ++number));
      callers.back()->dial();
      (void)wait([] { return false; }, 0);
    }
  };
  const auto all_hear = [&](auto& callers) {
    return std::all_of(callers.begin(), callers.end(), [&](auto& caller) { return hears(*caller); });
  };
  dial(talkers_, plan_.talking);
  const auto everybody_talks = [&] {
    return all_desks(OperatorState::talking) && all_hear(talkers_) &&
           std::all_of(desks_.begin(), desks_.end(), [](auto& desk) { return desk->voice().packets() > 50; });
  };
  if (!wait(everybody_talks, 30)) return refuse("io", "the conversations did not come about");
  step("every operator talks to a caller; voice both ways");
  dial(waiters_, plan_.waiting);
  if (!wait([&] { return all_hear(waiters_); }, 30))
    return refuse("io", "not every caller in the queue hears the prompt");
  step("the others wait and hear the prompt");
  (void)wait([] { return false; }, 2);
  return true;
}

Result<bool> Exercise::strike() {
  for (auto* callers : {&talkers_, &waiters_})
    for (const auto& caller : *callers) caller->voice().mark();
  struck_ = Clock::now();
  ::kill(server_, plan_.signal);
  int status = 0;
  if (!wait([&] { return ::waitpid(server_, &status, WNOHANG) == server_; }, 30))
    return refuse("io", "the server does not end");
  const auto dead_ms = ms_since(struck_);
  step(fmt::format("the server is dead ({:.0f} ms after the blow)", dead_ms));
  io_.run_for(milliseconds(plan_.down_ms));
  const auto started = Clock::now();
  server_ = start(plan_.second);
  const auto desks_back = [&] {
    return std::all_of(desks_.begin(), desks_.end(), [](auto& desk) { return desk->connected(); });
  };
  if (!wait([&] { return fs::exists(plan_.local.data / "control.sock"); }, 30))
    return refuse("io", "the server does not come back");
  step(fmt::format("it is there again, {:.0f} ms after its start", ms_since(started)));
  (void)wait(desks_back, 10);
  back_after_ms_ = ms_since(started);
  step(fmt::format("the operators' consoles are back, {:.0f} ms after its start", back_after_ms_));
  (void)wait([] { return false; }, 3);  // what was broken would show by now
  there_after_ = still_there();
  for (const auto& caller : talkers_) gap_talking_ms_ = std::max(gap_talking_ms_, caller->voice().longest_gap_ms());
  for (const auto& caller : waiters_) gap_waiting_ms_ = std::max(gap_waiting_ms_, caller->voice().longest_gap_ms());
  for (const auto& desk : desks_) desks_back_ += desk->connected() && desk->state() == OperatorState::talking;
  return true;
}

int Exercise::still_there() {
  int there = 0;
  for (auto* callers : {&talkers_, &waiters_})
    for (const auto& caller : *callers) there += hears(*caller);
  return there;
}

void Exercise::wind_up() {
  // Half of the conversations are ended by the operator, half by the caller; half of the queue gives up, the rest is
  // answered by whoever becomes free.
  for (std::size_t i = 0; i < waiters_.size(); i += 2) waiters_[i]->hang_up();
  for (std::size_t i = 0; i < talkers_.size(); i += 2) talkers_[i]->hang_up();
  (void)wait([] { return false; }, 1);
  const auto over = [](auto& callers) {
    return std::all_of(callers.begin(), callers.end(), [](auto& c) { return c->state() == Caller::State::ended; });
  };
  const auto serve = [&] {
    for (const auto& desk : desks_)
      if (desk->state() == OperatorState::talking && desk->voice().silent_ms() < kDeaf_ms) desk->hang_up();
    return over(talkers_) && over(waiters_);
  };
  (void)wait(
      [&] {
        const bool done = serve();
        io_.run_for(milliseconds(300));
        return done;
      },
      60);
  step("conversations ended from both sides; who waited was answered, or hung up");
}

std::set<std::string> Exercise::call_ids_in_journal() {
  std::set<std::string> ids;
  const fs::path keys = plan_.local.data.string() + ".keys";
  auto journal = journal_sqlite::JournalSqlite::open(plan_.local.data, keys, journal_sqlite::Mode::read);
  auto vault = vault::VaultSodium::unlock(plan_.local.data, keys, false);
  if (!journal || !vault) return ids;
  runtime::VaultSealer sealer(**vault);
  (void)(*journal)->read(1, [&](const ports::JournalLine& line) {
    auto event = codec::read_event(line.body, sealer);
    if (!event) return true;
    if (const auto* arrived = std::get_if<calls::CallArrived>(&event->body); arrived && arrived->signalling.known()) {
      const auto& text = *arrived->signalling.reveal();
      const auto at = text.find("\r\nCall-ID: ");
      if (at != std::string::npos) ids.insert(text.substr(at + 11, text.find("\r\n", at + 2) - at - 11));
    }
    return true;
  });
  return ids;
}

std::int64_t Exercise::left_at_media() {
  std::int64_t left = -1;
  media::NgClient ng(io_, static_cast<std::uint16_t>(cli::control_port(plan_.local)));
  ng.ask({{"command", "list"}, {"limit", 100'000}}, [&](Result<boost::json::object> reply) {
    left = reply && reply->contains("calls") ? static_cast<std::int64_t>(reply->at("calls").as_array().size()) : -2;
  });
  (void)wait([&] { return left != -1; }, 5);
  ng.close();
  io_.run_for(milliseconds(10));
  return left;
}

bool Exercise::tell() {
  const int all = plan_.waiting + plan_.talking;
  int ended = 0, in_journal = 0, given_200 = 0;
  (void)wait([&] { return left_at_media() == 0; }, 5);
  const auto journal = call_ids_in_journal();
  for (auto* callers : {&talkers_, &waiters_})
    for (const auto& caller : *callers) {
      const bool had_200 = caller->ended_by() != Caller::EndedBy::refused && caller->voice().packets() > 0;
      given_200 += had_200;
      in_journal += had_200 && journal.contains(caller->call_id());
      ended += caller->ended_by() == Caller::EndedBy::caller || caller->ended_by() == Caller::EndedBy::server;
    }
  int answered_later = 0;  // whoever waited and heard our BYE was hung up by an operator
  for (const auto& caller : waiters_) answered_later += caller->ended_by() == Caller::EndedBy::server;
  const auto left = left_at_media();
  bool good = true;
  const auto row = [&](const char* what, bool holds, const std::string& seen) {
    good = good && holds;
    fmt::print("  {}  {:<58} {}\n", holds ? "ok  " : "LOST", what, seen);
  };
  fmt::print("\n");
  row("callers still there afterwards", there_after_ == all, fmt::format("{} of {}", there_after_, all));
  row("operators back in their conversation", desks_back_ == plan_.talking,
      fmt::format("{} of {}, {:.0f} ms after the start", desks_back_, plan_.talking, back_after_ms_));
  row("calls answered with 200 that the journal knows", in_journal == given_200 && given_200 == all,
      fmt::format("{} of {}", in_journal, given_200));
  row("callers from the queue answered after it", answered_later == plan_.waiting / 2,
      fmt::format("{} of {}", answered_later, plan_.waiting / 2));
  row("calls ended properly", ended == all, fmt::format("{} of {}", ended, all));
  row("calls left at the media process", left == 0, fmt::format("{}", left));
  fmt::print("        {:<58} {:.0f} ms\n", "longest gap between RTP packets, in a conversation (goal 60)",
             gap_talking_ms_);
  fmt::print("        {:<58} {:.0f} ms\n", "longest gap between RTP packets, in the queue (goal 60)", gap_waiting_ms_);
  fmt::print("{}\n", good ? "Nobody was lost." : "Somebody was lost.");
  return good;
}

}  // namespace sigap::drill
