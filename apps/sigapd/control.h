// The door for the machine's own administrator: a socket in the data folder that only the service's user can open.
// One JSON message a line, as on the WebSocket: the server begins with an Update of people, stations and shifts, then
// answers each Request with Done or Refused. The line "messages" is answered with what the fake message gateway shows:
// a line "N messages", then for each its number, a tab and its text; the line "raise-format" with Done or Refused.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>

#include "base/result.h"

namespace sigap::runtime {
class Gateway;
}
namespace sigap::messages {
class MessageGatewayFake;
}

namespace sigap::sigapd {

class Control {
 public:
  Control(runtime::Gateway& gateway, messages::MessageGatewayFake& messages);
  ~Control();
  /// Listens on DATA/control.sock. Refusal "io".
  Result<bool> start(const std::filesystem::path& data_folder);
  void stop();

 private:
  void serve();
  void talk(int peer);
  std::optional<std::string> answer(const std::string& line);

  runtime::Gateway& gateway_;
  messages::MessageGatewayFake& messages_;
  std::filesystem::path path_;
  int listener_ = -1;
  struct Thread;
  std::unique_ptr<Thread> thread_;
};

}  // namespace sigap::sigapd
