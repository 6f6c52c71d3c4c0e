// A telephone that we did not write calls 110, talks, holds, comes back and tries to transfer the call: real server,
// real media, a desk that answers. Each hears the other's tone.
#include <gtest/gtest.h>

#include "adapters/media/tone_reader.h"
#include "one_operator.h"
#include "real_callers/baresip.h"
#include "real_callers/tone.h"

namespace sigap::drill {
namespace {

using people::OperatorState;

constexpr double kDesk_hertz = 400;  // a square wave: eight tenths of its power are in its first tone
constexpr double kClear = 0.6;       // of the power; a voice that is not there is none of it

class RealCallersTest : public OneOperator, public testing::WithParamInterface<const char*> {
 protected:
  RealCallersTest() : OneOperator(27'300) {}
  void SetUp() override {
    if (std::system("command -v baresip > /dev/null") != 0) GTEST_SKIP() << "baresip is not installed";
    OneOperator::SetUp();
    if (HasFatalFailure()) return;
    phone = std::make_unique<Baresip>(
        io, scratch / "baresip",
        Baresip::Ports{"127.0.0.1:" + std::to_string(media::free_udp_port()), media::free_udp_port(), 28'250},
        GetParam());
    ASSERT_TRUE(wait([&] { return phone->up(); })) << phone->log();
  }
  void TearDown() override {
    if (!desk) return;
    phone.reset();
    OneOperator::TearDown();
  }
  double desk_hears() const {
    std::vector<std::int16_t> sound;
    for (const char wire : desk->voice().heard())
      sound.push_back(static_cast<std::int16_t>(media::from_a_law(static_cast<unsigned char>(wire))));
    return share_of_tone(sound, Baresip::kSays_hertz);
  }
  double phone_hears() const { return share_of_tone(phone->heard(), kDesk_hertz); }
  /// So many more packets have come to the telephone.
  bool phone_gets(int more) {
    int first = -1;
    return wait([&] {
      phone->count_packets();
      run(std::chrono::milliseconds(20));
      if (first < 0) first = phone->packets();
      return phone->packets() >= first + more;
    });
  }
  std::string seen() {
    return "desk hears " + std::to_string(desk_hears()) + ", the telephone " + std::to_string(phone_hears()) + "; " +
           std::to_string(phone->heard().size()) + " samples, " + std::to_string(phone->packets()) + " packets; " +
           phone->all_events() + "\n" + phone->log();
  }

  std::unique_ptr<Baresip> phone;
};

}  // namespace

TEST_P(RealCallersTest, TalksHoldsComesBackAndCannotTakeTheCallElsewhere) {
  desk->answers(false);
  phone->command("dial", "sip:110@" + local.sip);
  ASSERT_TRUE(wait([&] { return phone->events("CALL_ESTABLISHED") == 1; })) << seen();
  EXPECT_TRUE(wait([&] { return phone->heard().size() > 8'000; })) << "the prompt: " << seen();
  desk->answers(true);
  ASSERT_TRUE(wait([&] { return desk->state() == OperatorState::talking; })) << seen();
  EXPECT_TRUE(wait([&] { return desk_hears() > kClear && phone_hears() > kClear; })) << seen();
  EXPECT_TRUE(phone_gets(50)) << seen();

  phone->command("hold");
  ASSERT_TRUE(wait([&] { return desk->voice().silent_ms() > kDeaf_ms; })) << "who holds says nothing: " << seen();
  EXPECT_EQ(desk->state(), OperatorState::talking) << "and is not gone";
  desk->voice().clear();
  phone->command("resume");
  EXPECT_TRUE(wait([&] { return desk_hears() > kClear; })) << "and is heard again: " << seen();
  EXPECT_TRUE(phone_gets(50)) << "and hears again: " << seen();

  // REFER: an emergency call goes nowhere by its caller's word (405). This telephone then ends the call itself, or is
  // told to.
  phone->command("transfer", "sip:081111111111@" + local.sip);
  EXPECT_TRUE(wait([&] { return phone->events("TRANSFER_FAILED") == 1; })) << seen();
  EXPECT_NE(phone->log().find("transfer failed: 405"), std::string::npos) << seen();
  phone->command("hangup");
  EXPECT_TRUE(wait([&] { return desk->state() == OperatorState::ready; })) << seen();
  EXPECT_TRUE(wait([&] { return held_by_media() == 0; }));
  EXPECT_EQ(desk->tasks(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Baresip, RealCallersTest, testing::Values("", "srtp-mand"),
                         [](const auto& tried) { return *tried.param ? "Encrypted" : "Plain"; });

}  // namespace sigap::drill
