#include "process/detached.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>

namespace sigap::process {

int start_detached(const std::vector<std::string>& words, const std::filesystem::path& log) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const int child = ::fork();
  if (child != 0) return child;
  // What it inherits it would hold: the journal's lock and our ports, when we come back.
  ::setsid();
  const int nowhere = ::open("/dev/null", O_RDWR);
  const int said = log.empty() ? -1 : ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  for (const int fd : {0, 1, 2}) ::dup2(fd > 0 && said >= 0 ? said : nowhere, fd);
  ::close_range(3, ~0U, 0);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

}  // namespace sigap::process
