// Another account of this machine can reach every port of loopback: it presses no key of anybody, and is not taken for
// the media process.
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <memory>

#include "adapters/media/key_listener.h"
#include "adapters/media/ng_peer.h"
#include "adapters/media/rtpengine_process.h"

namespace sigap::media {
namespace {

namespace asio = boost::asio;
using asio::ip::udp;

constexpr uid_t kNobody = 65'534;

class LocalStrangerTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root, to be somebody else";
  }
  /// What is opened in it is the other account's.
  template <class Make>
  static auto as_nobody(Make make) {
    EXPECT_EQ(::seteuid(kNobody), 0);
    auto made = make();
    EXPECT_EQ(::seteuid(0), 0);
    return made;
  }
  udp::socket free_port() { return udp::socket(io, udp::endpoint(asio::ip::address_v4::loopback(), 0)); }
  void run() {
    io.restart();
    io.run_for(std::chrono::milliseconds(100));
  }

  asio::io_context io;
};

}  // namespace

TEST_F(LocalStrangerTest, PressesNoKey) {
  const auto control = free_port();
  auto ours = free_port();
  auto theirs = as_nobody([&] { return free_port(); });
  const auto port = [&] { return free_port().local_endpoint().port(); }();
  std::string heard;
  KeyListener keys(io, port, "127.0.0.1", control.local_endpoint().port(),
                   [&](const PressedKey& key) { heard += key.digit; });
  const auto press = [&](udp::socket& from, const std::string& key) {
    from.send_to(asio::buffer(R"({"callid":"leg","source_tag":"caller","type":"DTMF","event":)" + key + "}"),
                 {asio::ip::address_v4::loopback(), port});
    run();
  };
  press(theirs, "5");
  EXPECT_EQ(heard, "");
  press(ours, "7");
  EXPECT_EQ(heard, "7");
  press(theirs, "5");
  EXPECT_EQ(heard, "7");
  keys.close();
}

TEST_F(LocalStrangerTest, IsNotTakenForTheMediaProcess) {
  for (const bool ours : {false, true}) {
    auto peer = ours ? std::make_unique<Peer>(io) : as_nobody([&] { return std::make_unique<Peer>(io); });
    NgClient ng(io, peer->port());
    ProcessConfig config;
    config.ng_port = peer->port();
    RtpengineProcess process(io, ng, config);
    process.watch();
    run();
    EXPECT_EQ(process.health().up, ours) << process.health().note;
    EXPECT_EQ(process.child(), -1);
    process.stop();
    ng.close();
    run();
  }
}

}  // namespace sigap::media
