#include "recorder/sockets.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "recorder/table.h"

namespace sigap::recorder {
namespace {

/// 4,000 calls for three seconds; own. The system gives as much as net.core.rmem_max lets it (operating/recording.md).
constexpr int kReceiveBuffer_bytes = 256 << 20;

tl::unexpected<Refusal> failed(const std::string& what) {
  return refuse("io", what + ": " + std::strerror(errno));
}

Result<int> hear_voices(const RecorderConfig& config, std::uint16_t port) {
  sockaddr_in at{};
  at.sin_family = AF_INET;
  if (::inet_pton(AF_INET, config.address.c_str(), &at.sin_addr) != 1)
    return refuse("invalid", config.address + " is no IPv4 address");
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const int yes = 1;
  if (::setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, &kReceiveBuffer_bytes, sizeof kReceiveBuffer_bytes) != 0)
    ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer_bytes, sizeof kReceiveBuffer_bytes);
  ::setsockopt(socket, SOL_SOCKET, SO_TIMESTAMPNS, &yes, sizeof yes);
  ::setsockopt(socket, SOL_SOCKET, SO_RXQ_OVFL, &yes, sizeof yes);
  at.sin_port = htons(port);
  bool bound = ::bind(socket, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
  if (!bound && port != 0 && config.port == 0) {  // somebody else has it by now
    at.sin_port = 0;
    bound = ::bind(socket, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
  }
  if (bound) return socket;
  const auto why = failed("UDP " + config.address + ":" + std::to_string(port));
  ::close(socket);
  return why;
}

Result<int> hear_orders(int folder) {
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  // By the folder's descriptor: a path of any length fits.
  const auto path = "/proc/self/fd/" + std::to_string(folder) + "/" + recording::kSocketName;
  path.copy(at.sun_path, sizeof at.sun_path - 1);
  ::unlinkat(folder, recording::kSocketName, 0);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const auto mask = ::umask(0177);
  const bool bound = ::bind(socket, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0 && ::listen(socket, 8) == 0;
  ::umask(mask);
  if (bound) return socket;
  const auto why = failed(recording::kSocketName);
  ::close(socket);
  return why;
}

}  // namespace

Result<Sockets> open_sockets(const RecorderConfig& config) {
  std::error_code ignored;
  std::filesystem::create_directories(config.folder, ignored);
  ::chmod(config.folder.c_str(), 0700);
  Sockets s;
  s.folder = ::open(config.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (s.folder < 0) return failed(config.folder.string());
  if (::flock(s.folder, LOCK_EX | LOCK_NB) != 0)
    return refuse("taken", "another recorder has " + config.folder.string());
  auto table = Table::load(config.folder);
  if (!table) return tl::unexpected(table.error());
  auto voices = hear_voices(config, config.port ? config.port : table->port().value_or(0));
  if (!voices) return tl::unexpected(voices.error());
  s.voices = *voices;
  sockaddr_in at{};
  socklen_t size = sizeof at;
  ::getsockname(s.voices, reinterpret_cast<sockaddr*>(&at), &size);
  s.port = ntohs(at.sin_port);
  if (auto noted = table->set_port(s.port); !noted) return tl::unexpected(noted.error());
  auto control = hear_orders(s.folder);
  if (!control) return tl::unexpected(control.error());
  s.control = *control;
  return s;
}

}  // namespace sigap::recorder
