#include "adapters/photographs/photograph_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <csignal>

namespace sigap::photographs {
namespace {

using ports::MadePhotograph;
using ports::PhotographEnd;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMadeMax_bytes = std::size_t{8} << 20;  // a JPEG of 1,600 pixels has a tenth of it; own

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) == 0) read = ends[0], write = ends[1];
  }
  ~Pipe() {
    shut(read);
    shut(write);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  static void shut(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
};

int begin(const std::filesystem::path& program, const Pipe& in, const Pipe& out) {
  const int child = ::fork();
  if (child != 0) return child;
  ::dup2(in.read, 0);
  ::dup2(out.write, 1);
  const int nowhere = ::open("/dev/null", O_WRONLY);
  ::dup2(nowhere, 2);
  ::close_range(3, ~0U, 0);  // the journal's lock, our ports, everything
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  char* const arguments[] = {const_cast<char*>(program.c_str()), nullptr};
  char* const nothing[] = {nullptr};
  ::execve(program.c_str(), arguments, nothing);
  ::_exit(static_cast<int>(PhotographEnd::failed));
}

/// Writes the file and reads what is made of it; false when it takes too long.
bool exchange(Pipe& in, Pipe& out, std::string_view file, std::string& made, Clock::time_point until) {
  ::fcntl(in.write, F_SETFL, O_NONBLOCK);
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0 || made.size() > kMadeMax_bytes) return false;
    if (file.empty()) Pipe::shut(in.write);
    pollfd ends[] = {{out.read, POLLIN, 0}, {in.write, POLLOUT, 0}};
    if (::poll(ends, file.empty() ? 1 : 2, static_cast<int>(left)) < 0 && errno != EINTR) return false;
    if ((ends[1].revents & (POLLOUT | POLLERR)) != 0) {
      const auto written = ::write(in.write, file.data(), file.size());
      if (written > 0) file.remove_prefix(static_cast<std::size_t>(written));
      if (written < 0 && errno != EAGAIN && errno != EINTR) file = {};  // it has read enough
    }
    if ((ends[0].revents & (POLLIN | POLLHUP)) == 0) continue;
    char some[std::size_t{64} << 10];
    const auto read = ::read(out.read, some, sizeof some);
    if (read == 0) return true;
    if (read > 0) made.append(some, static_cast<std::size_t>(read));
  }
}

int ended(int child, bool give_up) {
  if (give_up) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return !give_up && WIFEXITED(status) ? WEXITSTATUS(status) : static_cast<int>(PhotographEnd::failed);
}

Refusal failed(const char* what) {
  return {"failed", "", what};
}

Result<MadePhotograph> read(const std::string& made) {
  MadePhotograph photograph;
  const auto end = made.find('\n');
  const char* const line_end = made.data() + (end == std::string::npos ? 0 : end);
  const auto [gap, wrong] = std::from_chars(made.data(), line_end, photograph.width);
  if (wrong != std::errc{} || gap == line_end) return tl::unexpected(failed("what came out is nothing"));
  const auto [rest, wrong_too] = std::from_chars(gap + 1, line_end, photograph.height);
  if (wrong_too != std::errc{} || rest != line_end) return tl::unexpected(failed("what came out is nothing"));
  photograph.jpeg = made.substr(end + 1);
  return photograph;
}

}  // namespace

std::filesystem::path program_beside() {
  std::error_code unknown;
  return std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path() / "sigap-photograph";
}

Result<MadePhotograph> PhotographProcess::make(std::string_view file) {
  Pipe in, out;
  if (in.read < 0 || out.read < 0) return tl::unexpected(failed("no pipe"));
  sigset_t broken_pipe, before;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &broken_pipe, &before);
  const int child = begin(program_, in, out);
  Pipe::shut(in.read);
  Pipe::shut(out.write);
  std::string made;
  const bool in_time =
      child > 0 && exchange(in, out, file, made, Clock::now() + std::chrono::milliseconds(kPatience_ms));
  const int code = child > 0 ? ended(child, !in_time) : static_cast<int>(PhotographEnd::failed);
  const timespec at_once{};
  while (::sigtimedwait(&broken_pipe, nullptr, &at_once) > 0) {
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (code == static_cast<int>(PhotographEnd::no_photograph))
    return tl::unexpected(Refusal{"no_photograph", "", "neither JPEG, PNG nor WebP"});
  if (code == static_cast<int>(PhotographEnd::too_large))
    return tl::unexpected(Refusal{"too_large", "", "more than 4 MB, or than 40 million pixels"});
  if (code != 0) return tl::unexpected(failed("it could not be made"));
  return read(made);
}

}  // namespace sigap::photographs
