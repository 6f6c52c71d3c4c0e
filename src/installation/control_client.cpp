#include "installation/control_client.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "codec/wire_codec.h"

namespace sigap::installation {

ControlClient::~ControlClient() {
  if (socket_ >= 0) ::close(socket_);
}

Result<bool> ControlClient::connect(const std::filesystem::path& data_folder) {
  const auto path = (data_folder / "control.sock").string();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return refuse("io", "the data folder's path is too long for a socket");
  path.copy(address.sun_path, path.size());
  socket_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return refuse("not_running",
                  "no server answers for " + data_folder.string() + "; is sigapd running, and are you its user?");
  auto first = hear();
  if (!first) return tl::unexpected(first.error());
  if (auto* update = std::get_if<core::Update>(&*first)) picture_ = std::move(*update);
  return true;
}

Result<std::string> ControlClient::hear_line() {
  while (true) {
    if (const auto end = heard_.find('\n'); end != std::string::npos) {
      auto line = heard_.substr(0, end);
      heard_.erase(0, end + 1);
      return line;
    }
    char buffer[65536];
    const auto n = ::recv(socket_, buffer, sizeof buffer, 0);
    if (n <= 0) return refuse("io", "the server hung up");
    heard_.append(buffer, static_cast<std::size_t>(n));
  }
}

Result<core::ServerMessage> ControlClient::hear() {
  auto line = hear_line();
  if (!line) return tl::unexpected(line.error());
  return codec::read_server_message(*line);
}

Result<std::vector<std::string>> ControlClient::shown_messages() {
  constexpr std::string_view kQuestion = "messages\n";
  if (::send(socket_, kQuestion.data(), kQuestion.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(kQuestion.size()))
    return refuse("io", "the server hung up");
  auto count = hear_line();
  if (!count) return tl::unexpected(count.error());
  std::vector<std::string> messages;
  for (auto left = std::strtoull(count->c_str(), nullptr, 10); left > 0; --left) {
    auto line = hear_line();
    if (!line) return tl::unexpected(line.error());
    messages.push_back(std::move(*line));
  }
  return messages;
}

Result<bool> ControlClient::ask(core::Command command) {
  return ask_line(codec::write_client_message(core::Request{next_++, std::move(command)}) + "\n");
}

Result<bool> ControlClient::raise_format() {
  return ask_line("raise-format\n");
}

Result<bool> ControlClient::ask_line(const std::string& line) {
  if (::send(socket_, line.data(), line.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(line.size()))
    return refuse("io", "the server hung up");
  auto answer = hear();
  if (!answer) return tl::unexpected(answer.error());
  if (const auto* refused = std::get_if<core::Refused>(&*answer))
    return refuse(refused->code, refused->message, refused->field);
  const auto* done = std::get_if<core::Done>(&*answer);
  key_ = done ? done->key.value_or("") : "";
  return true;
}

}  // namespace sigap::installation
