#include "sigap/control_client.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "codec/wire_codec.h"

namespace sigap::cli {

ControlClient::~ControlClient() {
  if (socket_ >= 0) ::close(socket_);
}

Result<bool> ControlClient::connect(const std::filesystem::path& data_folder) {
  const auto path = (data_folder / "control.sock").string();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return refuse("io", "the data folder's path is too long for a socket");
  std::strcpy(address.sun_path, path.c_str());
  socket_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return refuse("not_running",
                  "no server answers for " + data_folder.string() + "; is sigapd running, and are you its user?");
  auto first = hear();
  if (!first) return tl::unexpected(first.error());
  if (auto* update = std::get_if<core::Update>(&*first)) picture_ = std::move(*update);
  return true;
}

Result<core::ServerMessage> ControlClient::hear() {
  while (true) {
    if (const auto end = heard_.find('\n'); end != std::string::npos) {
      const auto line = heard_.substr(0, end);
      heard_.erase(0, end + 1);
      return codec::read_server_message(line);
    }
    char buffer[65536];
    const auto n = ::recv(socket_, buffer, sizeof buffer, 0);
    if (n <= 0) return refuse("io", "the server hung up");
    heard_.append(buffer, static_cast<std::size_t>(n));
  }
}

Result<bool> ControlClient::ask(core::Command command) {
  const auto line = codec::write_client_message(core::Request{next_++, std::move(command)}) + "\n";
  if (::send(socket_, line.data(), line.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(line.size()))
    return refuse("io", "the server hung up");
  auto answer = hear();
  if (!answer) return tl::unexpected(answer.error());
  if (const auto* refused = std::get_if<core::Refused>(&*answer))
    return refuse(refused->code, refused->message, refused->field);
  return true;
}

}  // namespace sigap::cli
