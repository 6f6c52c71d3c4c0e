// Packets as they wait at the socket, each with the time at which it came: read in handfuls.
#pragma once
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>

#include "base/time.h"
#include "recording/format.h"

namespace sigap::recorder {

struct Arrived {
  std::uint16_t port = 0;  ///< of its sender
  Instant came;            ///< by the system's clock
  std::string_view data;
};

class Packets {
 public:
  /// `from`: whoever else sends is not heard.
  Packets(int socket, in_addr from);
  Packets(const Packets&) = delete;
  Packets& operator=(const Packets&) = delete;
  /// What waits, at most `most`; how many were told.
  std::size_t take(std::size_t most, const std::function<void(const Arrived&)>& told);
  /// When the oldest that waits came; {0}: none waits.
  Instant oldest();
  /// That the system had no more room for, since the socket is there.
  std::int64_t overflowed() const { return overflowed_; }

 private:
  static constexpr unsigned kAtOnce = 64;
  struct Slot {
    std::array<char, recording::kPacketMax_bytes> data;
    std::array<char, 128> control;
    sockaddr_in sender;
    iovec piece;
  };
  void prepare();
  Instant came(const msghdr& message);

  int socket_;
  in_addr from_;
  std::array<Slot, kAtOnce> slots_;
  std::array<mmsghdr, kAtOnce> messages_;
  std::int64_t overflowed_ = 0;
};

}  // namespace sigap::recorder
