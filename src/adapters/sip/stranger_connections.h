// Connections to the SIP port from addresses of nobody: each is ended when it is a few seconds old, and of many at once
// the oldest go first. sofia accepts whoever comes and never ends what says nothing (its TPTAG_IDLE does not reach
// connections that were accepted), and lists neither them nor their sockets: so they are looked for among the process's
// own descriptors and shut down; the stack then hears the end and closes them as always.
// Invariants: on the thread of the stack, whose descriptors no other thread closes; a connection of somebody known is
// never touched, however long it says nothing; needs no free descriptor when there is none left.
// Sources: RFC 3261 18 (who opens a connection may open another), proc(5), shutdown(2).
#pragma once
#include <dirent.h>
#include <sys/socket.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>

namespace sigap::sip {

class StrangerConnections {
 public:
  using Clock = std::chrono::steady_clock;
  /// Ten times what a request needs over a bad line; own.
  static constexpr std::chrono::milliseconds kStay{5'000};
  /// Of all strangers together: a carrier at an address that was forgotten needs one. Own.
  static constexpr std::size_t kMost = 64;
  /// How often they are looked for. Opened meanwhile are at most what the stack accepts in that time.
  static constexpr std::chrono::milliseconds kEvery{250};

  /// Of the stack that listens at this port, which is there.
  StrangerConnections(std::uint16_t port, std::chrono::milliseconds stay);
  /// Ends what is to end; `ended` is told where each came from.
  void end_old(const std::function<bool(const sockaddr&)>& known, const std::function<void(const sockaddr&)>& ended);

 private:
  struct Close {
    void operator()(DIR* folder) const { closedir(folder); }
  };
  struct Seen {
    sockaddr_storage peer{};
    Clock::time_point since;
  };
  /// Calls take(descriptor, its own address) for each TCP socket of the port.
  template <class Take>
  void each(Take take) const;

  std::uint16_t port_;
  std::chrono::milliseconds stay_;
  std::unique_ptr<DIR, Close> descriptors_;
  sockaddr_storage listening_{};
  std::map<int, Seen> seen_;  ///< by descriptor
};

}  // namespace sigap::sip
