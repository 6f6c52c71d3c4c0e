#include "adapters/messages/message_gateway_fake.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

namespace sigap::messages {

TEST(MessageGatewayFakeTest, ShowsWhatItWouldSendToItsOwnerOnly) {
  const auto file = std::filesystem::temp_directory_path() / ("sigap_messages_" + std::to_string(::getpid()));
  MessageGatewayFake gateway(file);
  bool accepted = false;
  gateway.send({3}, "+62811", "halo", [&](bool ok, const std::string& note) {
    accepted = ok;
    EXPECT_EQ(note.find("62811"), std::string::npos);
  });
  EXPECT_TRUE(accepted);
  std::ifstream in(file);
  const std::string line((std::istreambuf_iterator<char>(in)), {});
  EXPECT_EQ(line, "3\t+62811\thalo\n");
  struct stat info {};
  ASSERT_EQ(::stat(file.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  std::filesystem::remove(file);
  MessageGatewayFake("/nowhere/at/all").send({4}, "1", "x", [&](bool ok, const std::string&) { accepted = ok; });
  EXPECT_FALSE(accepted);
}

TEST(MessageGatewayFakeTest, ShowsToAFunctionAndSaysSoOnce) {
  std::vector<std::pair<std::string, std::string>> seen;
  MessageGatewayFake gateway(
      [&](const std::string& number, const std::string& text) { seen.emplace_back(number, text); });
  std::vector<std::pair<bool, std::string>> told;
  gateway.send({7}, "+62812", "Polisi menuju lokasi",
               [&](bool ok, const std::string& note) { told.emplace_back(ok, note); });
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].first, "+62812");
  EXPECT_EQ(seen[0].second, "Polisi menuju lokasi");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].first);
  EXPECT_EQ(told[0].second, "fake gateway: shown, not sent");
}

TEST(MessageGatewayFakeTest, RemembersOnlyTheLast) {
  MessageGatewayFake gateway;
  for (int n = 1; n <= 53; ++n) gateway.send({n}, "0", "x", [](bool, const std::string&) {});
  const auto shown = gateway.shown();
  ASSERT_EQ(shown.size(), MessageGatewayFake::kShownMost);
  EXPECT_EQ(shown.front().message, MessageId{4});
  EXPECT_EQ(shown.back().message, MessageId{53});
}

TEST(MessageGatewayFakeTest, ManyThreadsAtOnce) {
  std::atomic<int> shown = 0;
  MessageGatewayFake gateway([&](const std::string&, const std::string&) { ++shown; });
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int n = 0; n < 200; ++n) gateway.send({n}, "0", "x", [](bool, const std::string&) {});
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(shown, 800);
  EXPECT_EQ(gateway.shown().size(), MessageGatewayFake::kShownMost);
}

}  // namespace sigap::messages
