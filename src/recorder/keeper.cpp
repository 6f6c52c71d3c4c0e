#include "recorder/keeper.h"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <thread>

#include "recorder/serve.h"

namespace sigap::recorder {
namespace {

constexpr std::chrono::seconds kShortLife{1};     // who lives no longer has a lasting reason to die; own
constexpr std::chrono::milliseconds kPause{500};  // before it is tried again

int start(const RecorderConfig& config, const Sockets& sockets) {
  const int child = ::fork();
  if (child != 0) return child;
  ::_exit(serve(config, sockets));
}

}  // namespace

int keep(const RecorderConfig& config, const Sockets& sockets) {
  sigset_t heard;
  sigemptyset(&heard);
  for (const int signal : {SIGTERM, SIGINT, SIGCHLD}) sigaddset(&heard, signal);
  ::sigprocmask(SIG_BLOCK, &heard, nullptr);
  while (true) {
    const auto began = std::chrono::steady_clock::now();
    const int child = start(config, sockets);
    if (child < 0) return 1;
    int status = 0;
    while (::waitpid(child, &status, WNOHANG) != child) {
      int signal = 0;
      sigwait(&heard, &signal);
      if (signal == SIGCHLD) continue;
      ::kill(child, SIGTERM);
      ::waitpid(child, &status, 0);
      return 0;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return 0;
    std::fprintf(stderr, "the recorder died (%d) and is started again\n", status);
    if (std::chrono::steady_clock::now() - began < kShortLife) std::this_thread::sleep_for(kPause);
  }
}

}  // namespace sigap::recorder
