#include "adapters/messages/message_gateway_fake.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

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

}  // namespace sigap::messages
