#include "sigapd/shell.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace sigap::sigapd {

bool run_in_shell(const std::string& command) {
  if (command.empty()) return true;
  const int child = ::fork();
  if (child < 0) return false;
  if (child == 0) {
    ::setpgid(0, 0);
    ::close_range(3, ~0U, 0);  // the journal's lock and our ports stay ours
    sigset_t none;
    sigemptyset(&none);
    ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
    ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    ::_exit(127);
  }
  constexpr int kLookEvery_us = 10'000;
  for (int looks = kCommandLimit_s * 1'000'000 / kLookEvery_us; looks > 0; --looks) {
    int status = 0;
    if (::waitpid(child, &status, WNOHANG) == child) return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    ::usleep(kLookEvery_us);
  }
  ::kill(-child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  return false;
}

}  // namespace sigap::sigapd
