#include "process/signs.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>

namespace sigap::process {
namespace {

constexpr std::int64_t kNs = 1'000'000;  // in a millisecond

/// State and processor time of a process or a thread. Source: proc_pid_stat(5), fields 3, 14 and 15.
struct Stat {
  char state = 'X';
  Duration worked;
};

std::optional<Stat> read_stat(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  const auto all = text.str();
  const auto name_ends = all.rfind(')');  // a name may hold anything
  if (name_ends == std::string::npos) return std::nullopt;
  std::istringstream fields(all.substr(name_ends + 1));
  Stat stat;
  std::string skipped;
  std::int64_t user = 0, system = 0;
  fields >> stat.state;
  for (int i = 0; i < 10; ++i) fields >> skipped;
  fields >> user >> system;
  static const std::int64_t ticks = ::sysconf(_SC_CLK_TCK);
  stat.worked = milliseconds((user + system) * 1000 / ticks);
  return stat;
}

}  // namespace

std::optional<Signs> signs_of(int process) {
  const std::filesystem::path folder = "/proc/" + std::to_string(process);
  const auto whole = read_stat(folder / "stat");
  if (!whole || whole->state == 'Z' || whole->state == 'X') return std::nullopt;
  Signs signs;
  signs.worked = whole->worked;
  std::error_code gone;
  for (std::filesystem::directory_iterator thread(folder / "task", gone), end; !gone && thread != end;
       thread.increment(gone)) {
    std::int64_t worked_ns = 0, waited_ns = 0;
    std::ifstream(thread->path() / "schedstat") >> worked_ns >> waited_ns;
    signs.waited = signs.waited + milliseconds(waited_ns / kNs);
    const auto one = read_stat(thread->path() / "stat");
    signs.wants = signs.wants || (one && (one->state == 'R' || one->state == 'D'));
  }
  return signs;
}

}  // namespace sigap::process
