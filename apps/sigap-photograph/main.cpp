// sigap-photograph: a stranger's bytes on standard input, the photograph made anew on standard output: a line with its
// width and height, then a JPEG. A process of its own, so that a picture made to do harm meets no key, no file and no
// caller: it opens nothing, has at most kMemory_bytes and kTime_s, and ends. Ends with 0, or with a code of ports/
// photographs.h. Sources: getrlimit(2), prctl(2).
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "picture/remake.h"
#include "ports/photographs.h"

namespace {

using sigap::ports::PhotographEnd;

constexpr rlim_t kMemory_bytes = rlim_t{768} << 20;  // 40 million pixels twice, and the libraries; own
constexpr rlim_t kTime_s = 10;                       // a processor's, for what takes half a second; own

void confine() {
  const auto limit = [](auto what, rlim_t to) {
    const rlimit both{to, to};
    (void)::setrlimit(what, &both);
  };
  limit(RLIMIT_AS, kMemory_bytes);
  limit(RLIMIT_CPU, kTime_s);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);  // pipes are no files
  limit(RLIMIT_NPROC, 0);
  limit(RLIMIT_NOFILE, 3);
  (void)::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  (void)::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

bool write_all(std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

int main() {
  confine();
  std::string file(sigap::picture::kFileMax_bytes + 1, '\0');
  std::size_t read = 0;
  while (read < file.size()) {
    const auto more = ::read(STDIN_FILENO, file.data() + read, file.size() - read);
    if (more < 0) return static_cast<int>(PhotographEnd::failed);
    if (more == 0) break;
    read += static_cast<std::size_t>(more);
  }
  const auto made = sigap::picture::remake(std::string_view(file).substr(0, read));
  if (!made)
    return static_cast<int>(made.error().code == "too_large" ? PhotographEnd::too_large : PhotographEnd::no_photograph);
  const auto size = std::to_string(made->width) + ' ' + std::to_string(made->height) + '\n';
  const bool told = write_all(size) && write_all(made->jpeg);
  return static_cast<int>(told ? PhotographEnd::made : PhotographEnd::failed);
}
