// Speaks to a running server through the socket in its data folder (apps/sigapd/control.h).
#pragma once
#include <filesystem>
#include <string>

#include "base/result.h"
#include "core/views/wire.h"

namespace sigap::installation {

class ControlClient {
 public:
  ControlClient() = default;
  ~ControlClient();
  ControlClient(const ControlClient&) = delete;
  ControlClient& operator=(const ControlClient&) = delete;

  /// Refusal "not_running" when no server listens there.
  Result<bool> connect(const std::filesystem::path& data_folder);
  /// People, stations and shifts as they were when we connected.
  const core::Update& picture() const { return picture_; }
  /// Refusals: the server's, or "io".
  Result<bool> ask(core::Command command);
  /// That the last one made, of a client's; empty: it made none.
  const std::string& key() const { return key_; }
  /// The journal's format becomes the newest of the server that runs. Refusals alike.
  Result<bool> raise_format();
  /// What the fake message gateway would have sent: number, tab, text.
  Result<std::vector<std::string>> shown_messages();

 private:
  Result<std::string> hear_line();
  Result<core::ServerMessage> hear();
  Result<bool> ask_line(const std::string& line);

  int socket_ = -1;
  std::string heard_;
  core::Update picture_;
  std::int64_t next_ = 1;
  std::string key_;
};

}  // namespace sigap::installation
