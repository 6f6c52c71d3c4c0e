#include "adapters/media/watchdog.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>

namespace sigap::media {
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

Vitality Watchdog::look(const Signs& signs) {
  const auto before = std::exchange(before_, signs.process);
  if (signs.answered) {
    still_ = deaf_ = 0;
    return Vitality::alive;
  }
  if (signs.process && signs.process->ended) return Vitality::dead;
  if (signs.since_last > kLate) return Vitality::slow;
  if (!signs.process) {
    still_ += signs.refused ? kRefused_looks : 1;
  } else if (!before) {
    return Vitality::slow;  // what it does is seen from now on
  } else {
    const auto worked_ms = signs.process->worked.ms - before->worked.ms;
    const auto waited_ms = signs.process->waited.ms - before->waited.ms;
    constexpr std::int64_t kQuarter = 4, kNothing = 20;  // parts of the time between two looks; own
    if (waited_ms * kQuarter >= signs.since_last.ms) return Vitality::slow;
    if (!signs.process->wants && (worked_ms + waited_ms) * kNothing < signs.since_last.ms)
      ++still_;
    else
      still_ = 0;
    ++deaf_;
  }
  return still_ >= kStillIsDeath_looks || deaf_ >= kDeafIsDeath_looks ? Vitality::dead : Vitality::slow;
}

std::optional<ProcessSigns> process_signs(int process) {
  const std::filesystem::path folder = "/proc/" + std::to_string(process);
  const auto whole = read_stat(folder / "stat");
  if (!whole || whole->state == 'Z' || whole->state == 'X') return std::nullopt;
  ProcessSigns signs;
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

}  // namespace sigap::media
