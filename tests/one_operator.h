// A whole installation on loopback with one operator who answers: the real server, the real media process, and a desk
// of the drill whose voice goes through a second one. For tests of calls.
#pragma once
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/json/array.hpp>
#include <csignal>
#include <fstream>

#include "adapters/media/media_hand.h"
#include "drill/desk.h"
#include "drill/patience.h"
#include "installation/local_installation.h"
#include "scratch/scratch_folder.h"

namespace sigap::drill {

inline std::string free_address(boost::asio::io_context& io) {
  const boost::asio::ip::tcp::acceptor socket(
      io, boost::asio::ip::tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
  return "127.0.0.1:" + std::to_string(socket.local_endpoint().port());
}

class OneOperator : public testing::Test {
 protected:
  static constexpr double kDeaf_ms = 300;  // nothing heard for this long

  /// A thousand ports from here on are this test's alone: others run at the same time.
  explicit OneOperator(int rtp_ports) : rtp_ports_(rtp_ports) {}
  void SetUp() override {
    const std::filesystem::path top = SIGAP_SOURCE_DIR;
    local.data = scratch / "data";
    local.assets = top / "build/assets";
    local.pages = top / "web/dist";
    local.nation = top / "data/indonesia";
    local.http = free_address(io);
    local.sip = free_address(io);
    local.media_ends_with_server = false;
    local.rtp_min = rtp_ports_;
    local.rtp_max = rtp_ports_ + 400;
    auto written = installation::write_configuration(local);
    ASSERT_TRUE(written) << written.error().message;
    configuration = *written;
    start();
    const core::AddPerson person{"op1", "Op", people::Role::operator_, {"polres-sleman"}, "", "mqxzr-vtkwp-bn7d4",
                                 true};
    auto settled = installation::await_server(local.data, server);
    if (settled) settled = installation::settle_people(local.data, {person});
    ASSERT_TRUE(settled) << settled.error().message;
    media::ProcessConfig far;
    far.ng_port = media::free_udp_port();
    far.port_min = static_cast<std::uint16_t>(rtp_ports_ + 500);
    far.port_max = static_cast<std::uint16_t>(rtp_ports_ + 900);
    far.ends_with_us = true;
    far_end = std::make_unique<FarEnd>(io, far);
    far_end->start();
    ASSERT_TRUE(wait([&] { return far_end->up(); }));
    desk = std::make_unique<Desk>(io, path_on_loopback(local.http, local.sip), "op1", *far_end);
    ASSERT_TRUE(desk->sign_in(person.password));
    desk->open();
    ASSERT_TRUE(wait([&] { return desk->state() == people::OperatorState::ready; }));
    next_tick_ = Clock::now();
    tick();
  }
  void TearDown() override {
    desk.reset();
    far_end.reset();
    ::kill(server, SIGKILL);
    ::waitpid(server, nullptr, 0);
    int media = -1;
    std::ifstream(local.data / "rtpengine.pid") >> media;
    if (media > 0) ::kill(media, SIGTERM);
  }

  virtual void start() {
    sigset_t none;
    sigemptyset(&none);
    server = installation::start_server(configuration, none, SIGAP_SERVER);
  }
  /// Time passes: sockets and voices.
  virtual void run(std::chrono::milliseconds time) { io.run_for(time); }
  /// Each 20 ms.
  virtual void speak() { desk->voice().tick(); }
  template <class Condition>
  bool wait(Condition condition, int seconds = 20) {
    const auto end = Clock::now() + std::chrono::seconds(seconds * patience);
    while (!condition()) {
      if (Clock::now() > end) return false;
      run(std::chrono::milliseconds(5));
    }
    return true;
  }
  std::int64_t held_by_media() {
    std::int64_t held = -1;
    media::NgClient ng(io, static_cast<std::uint16_t>(installation::control_port(local)));
    ng.ask({{"command", "list"}, {"limit", 100}}, [&](Result<boost::json::object> reply) {
      held = reply ? static_cast<std::int64_t>(reply->at("calls").as_array().size()) : -2;
    });
    (void)wait([&] { return held != -1; }, 5);
    ng.close();
    io.run_for(std::chrono::milliseconds(1));
    return held;
  }

  boost::asio::io_context io;
  ScratchFolder scratch;
  std::filesystem::path configuration;
  installation::LocalOptions local;
  int server = -1;
  int patience = 1;  ///< times the usual
  std::unique_ptr<FarEnd> far_end;
  std::unique_ptr<Desk> desk;

 private:
  void tick() {
    next_tick_ = std::max(next_tick_ + std::chrono::milliseconds(20), Clock::now() - std::chrono::milliseconds(20));
    ticks_.expires_at(next_tick_);
    ticks_.async_wait([this](boost::system::error_code stopped) {
      if (stopped) return;
      speak();
      tick();
    });
  }

  int rtp_ports_;
  boost::asio::steady_timer ticks_{io};
  Clock::time_point next_tick_;
};

}  // namespace sigap::drill
