// A caller's telephone for tests: sends A-law, counts and keeps what comes.
#pragma once
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <set>
#include <string>

namespace sigap::media {

class RtpCaller {
 public:
  RtpCaller() : socket_(::socket(AF_INET, SOCK_DGRAM, 0)) {
    sockaddr_in local = at(0);
    EXPECT_EQ(::bind(socket_, address(local), sizeof local), 0);
    socklen_t size = sizeof local;
    getsockname(socket_, address(local), &size);
    port_ = ntohs(local.sin_port);
  }
  ~RtpCaller() { ::close(socket_); }
  RtpCaller(const RtpCaller&) = delete;
  RtpCaller& operator=(const RtpCaller&) = delete;

  /// Of a telephone whose keys are nothing but sound.
  std::string plain_sdp() const {
    auto text = sdp();
    text.erase(text.find(" 101"), 4);
    return text.substr(0, text.find("a=rtpmap:101"));
  }
  std::string sdp() const {
    return "v=0\r\no=c 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + std::to_string(port_) +
           " RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n";
  }
  /// Talks to `port` for `ms`, a packet each 20 ms, and listens. Yields the packets heard.
  int talk(std::uint16_t port, int ms, unsigned char sample = 0x2a) {
    return exchange(port, ms, [sample](int) { return sample; });
  }
  /// The same with 400 Hz: what a browser's decoder shows as a level.
  int talk_tone(std::uint16_t port, int ms) {
    static constexpr double kTurn = 2 * 3.141592653589793;
    return exchange(port, ms, [](int i) { return to_a_law(static_cast<int>(12'000 * std::sin(kTurn * i / 20))); });
  }

  /// Presses a key for 100 ms (RFC 4733, payload type 101); the end is said three times, as it should be.
  void press(std::uint16_t port, unsigned char event) {
    sockaddr_in to = at(port);
    const std::uint16_t began = sequence_;
    for (int i = 1; i <= 7; ++i) {
      const bool ends = i > 4;
      const int duration = 160 * std::min(i, 5);  // samples of 8 kHz
      unsigned char packet[16] = {0x80, static_cast<unsigned char>(i == 1 ? 0x80 | 101 : 101),
                                  static_cast<unsigned char>(sequence_ >> 8), static_cast<unsigned char>(sequence_)};
      const std::uint32_t stamp = htonl(static_cast<std::uint32_t>(began) * 160U);
      std::memcpy(packet + 4, &stamp, 4);
      packet[11] = 7;
      packet[12] = event;
      packet[13] = static_cast<unsigned char>(ends ? 0x8a : 0x0a);
      packet[14] = static_cast<unsigned char>(duration >> 8);
      packet[15] = static_cast<unsigned char>(duration);
      ++sequence_;
      ::sendto(socket_, packet, sizeof packet, 0, address(to), sizeof to);
      if (!ends) ::usleep(20'000);
    }
  }

  /// Presses 5 for `ms` on a telephone that has only its sound for it: 770 and 1336 Hz (ITU-T Q.23).
  int press_five_in_band(std::uint16_t port, int ms) {
    static constexpr double kTurn = 2 * 3.141592653589793 / 8000;
    int sample = 0;
    return exchange(port, ms, [&sample](int) {
      const double at = kTurn * sample++;
      return to_a_law(static_cast<int>(4000 * (std::sin(770 * at) + std::sin(1336 * at))));
    });
  }

  int loud = 0;                  ///< samples that were not silence, in the last talk
  int same = 0;                  ///< packets that held our own sample
  int voiced = 0;                ///< packets with a peak above a twentieth of full scale
  std::set<std::uint16_t> from;  ///< ports that packets came from

 private:
  template <class Sample>
  int exchange(std::uint16_t port, int ms, Sample sample) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
    sockaddr_in to = at(port);
    int packets = 0;
    loud = same = voiced = 0;
    from.clear();
    while (std::chrono::steady_clock::now() < end) {
      unsigned char packet[172] = {0x80, 8, static_cast<unsigned char>(sequence_ >> 8),
                                   static_cast<unsigned char>(sequence_)};
      const std::uint32_t stamp = htonl(static_cast<std::uint32_t>(sequence_) * 160U);
      std::memcpy(packet + 4, &stamp, 4);
      packet[11] = 7;
      for (int i = 0; i < 160; ++i) packet[12 + i] = sample(i);
      ++sequence_;
      ::sendto(socket_, packet, sizeof packet, 0, address(to), sizeof to);
      const auto next = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
      while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(next - std::chrono::steady_clock::now());
        pollfd p{socket_, POLLIN, 0};
        if (left.count() <= 0 || ::poll(&p, 1, static_cast<int>(left.count())) <= 0) break;
        unsigned char heard[2048];
        sockaddr_in sender{};
        socklen_t sender_size = sizeof sender;
        const auto n = ::recvfrom(socket_, heard, sizeof heard, 0, address(sender), &sender_size);
        if (n < 172) continue;
        ++packets;
        from.insert(ntohs(sender.sin_port));
        // 0xd5 and 0x55 are A-law silence.
        for (int i = 12; i < n; ++i) loud += (heard[i] & 0x7f) != 0x55 && (heard[i] | 0x80) != 0xd5;
        int peak = 0;
        for (int i = 12; i < n; ++i) peak = std::max(peak, std::abs(from_a_law(heard[i])));
        voiced += peak > 32'768 / 20;
        same += heard[20] == sample(8);
      }
    }
    return packets;
  }

  // ITU-T G.711, A-law: sign, three bits of segment, four of step; every other bit turned over on the wire.
  static int from_a_law(unsigned char wire) {
    const int code = wire ^ 0x55, segment = (code >> 4) & 7, step = code & 15;
    const int size = segment == 0 ? (step << 4) + 8 : ((step << 4) + 0x108) << (segment - 1);
    return (code & 0x80) != 0 ? size : -size;
  }
  static unsigned char to_a_law(int value) {
    int nearest = 0;
    for (int code = 0; code < 256; ++code)
      if (std::abs(from_a_law(static_cast<unsigned char>(code)) - value) <
          std::abs(from_a_law(static_cast<unsigned char>(nearest)) - value))
        nearest = code;
    return static_cast<unsigned char>(nearest);
  }
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
