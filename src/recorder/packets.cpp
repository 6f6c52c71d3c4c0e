#include "recorder/packets.h"

#include <algorithm>
#include <cstring>
#include <ctime>

namespace sigap::recorder {

Packets::Packets(int socket, in_addr from) : socket_(socket), from_(from) {}

void Packets::prepare() {
  for (unsigned i = 0; i < kAtOnce; ++i) {
    auto& slot = slots_[i];
    slot.piece = {slot.data.data(), slot.data.size()};
    auto& header = messages_[i].msg_hdr;
    header = {};
    header.msg_name = &slot.sender;
    header.msg_namelen = sizeof slot.sender;
    header.msg_iov = &slot.piece;
    header.msg_iovlen = 1;
    header.msg_control = slot.control.data();
    header.msg_controllen = slot.control.size();
  }
}

Instant Packets::came(const msghdr& message) {
  Instant at;
  for (auto* c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(const_cast<msghdr*>(&message), c)) {
    if (c->cmsg_level != SOL_SOCKET) continue;
    if (c->cmsg_type == SCM_TIMESTAMPNS) {
      timespec stamp;
      std::memcpy(&stamp, CMSG_DATA(c), sizeof stamp);
      at = {stamp.tv_sec * 1000 + stamp.tv_nsec / 1'000'000};
    } else if (c->cmsg_type == SO_RXQ_OVFL) {
      std::uint32_t lost = 0;
      std::memcpy(&lost, CMSG_DATA(c), sizeof lost);
      overflowed_ = lost;
    }
  }
  return at;
}

std::size_t Packets::take(std::size_t most, const std::function<void(const Arrived&)>& told) {
  std::size_t taken = 0;
  while (taken < most) {
    prepare();
    const auto wanted = static_cast<unsigned>(std::min<std::size_t>(kAtOnce, most - taken));
    const int n = ::recvmmsg(socket_, messages_.data(), wanted, MSG_DONTWAIT, nullptr);
    if (n <= 0) break;
    for (int i = 0; i < n; ++i) {
      const auto& message = messages_[static_cast<unsigned>(i)];
      const auto& slot = slots_[static_cast<unsigned>(i)];
      const auto at = came(message.msg_hdr);
      if (slot.sender.sin_addr.s_addr != from_.s_addr || (message.msg_hdr.msg_flags & MSG_TRUNC) != 0) continue;
      told({ntohs(slot.sender.sin_port), at, {slot.data.data(), message.msg_len}});
    }
    taken += static_cast<std::size_t>(n);
    if (static_cast<unsigned>(n) < wanted) break;
  }
  return taken;
}

Instant Packets::oldest() {
  prepare();
  const auto n = ::recvmsg(socket_, &messages_[0].msg_hdr, MSG_DONTWAIT | MSG_PEEK);
  return n < 0 ? Instant{} : came(messages_[0].msg_hdr);
}

}  // namespace sigap::recorder
