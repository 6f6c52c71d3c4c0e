// A caller's telephone for tests: sends A-law, counts and keeps what comes.
#pragma once
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <string>

namespace sigap::media {

class RtpCaller {
 public:
  RtpCaller() {
    socket_ = ::socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in local = at(0);
    EXPECT_EQ(::bind(socket_, address(local), sizeof local), 0);
    socklen_t size = sizeof local;
    getsockname(socket_, address(local), &size);
    port_ = ntohs(local.sin_port);
  }
  ~RtpCaller() { ::close(socket_); }
  RtpCaller(const RtpCaller&) = delete;
  RtpCaller& operator=(const RtpCaller&) = delete;

  std::string sdp() const {
    return "v=0\r\no=c 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + std::to_string(port_) +
           " RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n";
  }
  /// Talks to `port` for `ms`, a packet each 20 ms, and listens. Yields the packets heard.
  int talk(std::uint16_t port, int ms, unsigned char sample = 0x2a) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
    sockaddr_in to = at(port);
    int packets = 0;
    loud = same = 0;
    while (std::chrono::steady_clock::now() < end) {
      unsigned char packet[172] = {0x80, 8, static_cast<unsigned char>(sequence_ >> 8),
                                   static_cast<unsigned char>(sequence_)};
      const std::uint32_t stamp = htonl(static_cast<std::uint32_t>(sequence_) * 160U);
      std::memcpy(packet + 4, &stamp, 4);
      packet[11] = 7;
      std::memset(packet + 12, sample, 160);
      ++sequence_;
      ::sendto(socket_, packet, sizeof packet, 0, address(to), sizeof to);
      const auto next = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
      while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(next - std::chrono::steady_clock::now());
        pollfd p{socket_, POLLIN, 0};
        if (left.count() <= 0 || ::poll(&p, 1, static_cast<int>(left.count())) <= 0) break;
        unsigned char heard[2048];
        const auto n = ::recv(socket_, heard, sizeof heard, 0);
        if (n < 172) continue;
        ++packets;
        // 0xd5 and 0x55 are A-law silence.
        for (int i = 12; i < n; ++i) loud += (heard[i] & 0x7f) != 0x55 && (heard[i] | 0x80) != 0xd5;
        same += heard[20] == sample;
      }
    }
    return packets;
  }

  int loud = 0;  ///< samples that were not silence, in the last talk()
  int same = 0;  ///< packets that held our own sample

 private:
  static sockaddr_in at(std::uint16_t port) {
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    a.sin_port = htons(port);
    return a;
  }
  static sockaddr* address(sockaddr_in& a) { return reinterpret_cast<sockaddr*>(&a); }

  int socket_ = -1;
  std::uint16_t port_ = 0;
  std::uint16_t sequence_ = 1;
};

}  // namespace sigap::media
