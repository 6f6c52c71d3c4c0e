// A bridge between a caller's telephone and a real browser: media_bridge.mjs does it, this gives it a prompt and runs
// it.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>

TEST(MediaBridgeTest, ABrowserAndACallerHearEachOtherAndThePromptComesBack) {
  const std::filesystem::path source = SIGAP_SOURCE_DIR;
  if (!std::filesystem::exists(source / "web/node_modules/playwright-core"))
    GTEST_SKIP() << "NO BROWSER WAS TRIED: web/node_modules is missing; run tools/build_assets.sh first";
  const auto scratch = std::filesystem::temp_directory_path() / ("sigap_media_bridge_" + std::to_string(::getpid()));
  std::filesystem::create_directories(scratch);
  const auto tone = (scratch / "tone.au").string();
  // Ten seconds without a pause: every packet of the prompt is voiced, a microphone's beeps are not.
  ASSERT_EQ(std::system(("sox -q -n -r 8000 -e a-law -c 1 " + tone + " synth 10 sine 440 vol 0.5").c_str()), 0);
  const auto command = "node " + (source / "tests/media_bridge/media_bridge.mjs").string() + " " + MEDIA_PROBE + " " +
                       tone + " " + scratch.string() + " 2>&1";
  FILE* node = ::popen(command.c_str(), "r");
  ASSERT_NE(node, nullptr);
  std::array<char, 4096> part{};
  std::string said;
  while (std::fgets(part.data(), part.size(), node)) said += part.data();
  const int status = ::pclose(node);
  std::filesystem::remove_all(scratch);
  std::cout << said;
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << said;
}
