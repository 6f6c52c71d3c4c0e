#include "process/signs.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>

namespace sigap::process {
namespace {

TEST(SignsTest, TheProcessorTimeOfABusyProcessRisesAndAnEndedOneIsNone) {
  const int busy = ::fork();
  if (busy == 0)
    for (std::atomic<int> i = 0;; ++i) continue;
  const auto worked = [&] { return signs_of(busy).value_or(Signs{}).worked; };
  while (worked() < milliseconds(30)) ::usleep(1'000);
  ASSERT_TRUE(signs_of(busy));
  EXPECT_TRUE(signs_of(busy)->wants);
  ::kill(busy, SIGKILL);
  siginfo_t ended;
  ::waitid(P_PID, static_cast<id_t>(busy), &ended, WEXITED | WNOWAIT);
  EXPECT_FALSE(signs_of(busy)) << "dead, though nobody has asked for its exit code";
  ::waitpid(busy, nullptr, 0);
  EXPECT_FALSE(signs_of(busy));
}

}  // namespace
}  // namespace sigap::process
