// Everything of one server put together: hands, core, gateway. Built from a Config, started, stopped.
#pragma once
#include <memory>

#include "config/config.h"

namespace sigap::sigapd {

class Service {
 public:
  explicit Service(config::Config config);
  ~Service();
  /// Refusals: of the parts; the message says which. With two machines it returns when this one leads; asked to stop
  /// before that it refuses with "stopped".
  Result<bool> start();
  /// Waits until stop is asked (a signal) or the core gave up. Yields the exit code.
  int wait();
  /// From a signal handler's thread or any other.
  void ask_to_stop();

  struct Ports {
    std::uint16_t http = 0, sip = 0;
  };
  Ports ports() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace sigap::sigapd
