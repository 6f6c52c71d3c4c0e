// The door for the machine's own administrator: a socket in the data folder that only the service's user can open.
// One JSON message a line, as on the WebSocket: the server begins with an Update of people and stations, then answers
// each Request with Done or Refused.
#pragma once
#include <filesystem>
#include <memory>

#include "base/result.h"

namespace sigap::runtime {
class Gateway;
}

namespace sigap::sigapd {

class Control {
 public:
  explicit Control(runtime::Gateway& gateway);
  ~Control();
  /// Listens on DATA/control.sock. Refusal "io".
  Result<bool> start(const std::filesystem::path& data_folder);
  void stop();

 private:
  void serve();
  void talk(int peer);

  runtime::Gateway& gateway_;
  std::filesystem::path path_;
  int listener_ = -1;
  struct Thread;
  std::unique_ptr<Thread> thread_;
};

}  // namespace sigap::sigapd
