#include "adapters/messages/message_gateway_fake.h"

#include <gtest/gtest.h>

namespace sigap::messages {

TEST(MessageGatewayFakeTest, ShowsTheLastOnesAndSaysNothingPersonal) {
  MessageGatewayFake gateway;
  for (std::int64_t i = 1; i <= 60; ++i)
    gateway.send({i}, "+62811", "halo", [&](bool accepted, const std::string& note) {
      EXPECT_TRUE(accepted);
      EXPECT_EQ(note.find("62811"), std::string::npos);
    });
  const auto shown = gateway.shown();
  ASSERT_EQ(shown.size(), MessageGatewayFake::kShownMost);
  EXPECT_EQ(shown.front().message.value, 11);
  EXPECT_EQ(shown.back().text, "halo");
}

}  // namespace sigap::messages
