#include "drill/starvation.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <thread>

namespace sigap::drill {
namespace {

constexpr int kBeforeOthers = -10;  // nice: nine times the weight of who has 0 (the kernel's sched_prio_to_weight)

}  // namespace

Starvation::Starvation(std::chrono::seconds at_most) {
  for (unsigned i = std::max(1U, std::thread::hardware_concurrency()); i > 0; --i) {
    const int loop = ::fork();
    if (loop == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      ::signal(SIGALRM, SIG_DFL);
      sigset_t none;
      sigemptyset(&none);
      ::sigprocmask(SIG_SETMASK, &none, nullptr);
      ::alarm(static_cast<unsigned>(at_most.count()));
      for (std::atomic<unsigned> n = 0;; ++n) continue;
    }
    if (loop < 0) continue;
    loops_.push_back(loop);
    urgent_ = ::setpriority(PRIO_PROCESS, static_cast<id_t>(loop), kBeforeOthers) == 0;
  }
}

Starvation::~Starvation() {
  for (const int loop : loops_) {
    ::kill(loop, SIGKILL);
    ::waitpid(loop, nullptr, 0);
  }
}

}  // namespace sigap::drill
