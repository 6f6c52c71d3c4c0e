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
#include <map>
#include <set>
#include <string>

namespace sigap::media {

class RtpCaller {
 public:
  /// `host` is an address of loopback: 127.0.0.0/8 or ::1.
  explicit RtpCaller(std::string host = "127.0.0.1")
      : host_(std::move(host)), socket_(::socket(v6() ? AF_INET6 : AF_INET, SOCK_DGRAM, 0)) {
    Endpoint local = at(host_, 0);
    EXPECT_EQ(::bind(socket_, &local.any, local.size()), 0);
    socklen_t size = sizeof local;
    getsockname(socket_, &local.any, &size);
    port_ = ntohs(local.four.sin_port);  // of either family in the same place
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
    const auto here = std::string(v6() ? "IN IP6 " : "IN IP4 ") + host_;
    return "v=0\r\no=c 1 1 " + here + "\r\ns=-\r\nc=" + here + "\r\nt=0 0\r\nm=audio " + std::to_string(port_) +
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

  /// One packet; listen() hears what comes.
  void say(std::uint16_t port, unsigned char sample) {
    send_voice(port, [sample](int) { return sample; });
  }
  /// Says nothing for `ms`. Yields the packets heard.
  int listen(int ms) {
    forget();
    return hear(ms, 0);
  }
  /// Presses a key for 100 ms (RFC 4733, payload type 101); the end is said three times, as it should be.
  void press(std::uint16_t port, unsigned char event) { press(port, event, 20'000); }
  void press_at_once(std::uint16_t port, unsigned char event) { press(port, event, 0); }
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
  int sent = 0;                  ///< packets, in the last talk
  std::map<int, int> samples;    ///< packets that say one byte over and over, by the byte: whose words they are

 private:
  void press(std::uint16_t port, unsigned char event, unsigned pause_us) {
    const Endpoint to = server(port);
    const std::uint16_t began = sequence_;
    for (int i = 1; i <= 7; ++i) {
      const bool ends = i > 4;
      const int duration = 160 * std::min(i, 5);  // samples of 8 kHz
      unsigned char packet[16] = {0x80, static_cast<unsigned char>(i == 1 ? 0x80 | 101 : 101),
                                  static_cast<unsigned char>(sequence_ >> 8), static_cast<unsigned char>(sequence_)};
      const std::uint32_t stamp = htonl(static_cast<std::uint32_t>(began) * 160U);
      std::memcpy(packet + 4, &stamp, 4);
      std::memcpy(packet + 10, &port_, 2);  // SSRC: no two telephones have the same
      packet[12] = event;
      packet[13] = static_cast<unsigned char>(ends ? 0x8a : 0x0a);
      packet[14] = static_cast<unsigned char>(duration >> 8);
      packet[15] = static_cast<unsigned char>(duration);
      ++sequence_;
      ::sendto(socket_, packet, sizeof packet, 0, &to.any, to.size());
      if (!ends && pause_us > 0) ::usleep(pause_us);
    }
  }
  template <class Sample>
  int exchange(std::uint16_t port, int ms, Sample sample) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
    forget();
    int packets = 0;
    while (std::chrono::steady_clock::now() < end) {
      send_voice(port, sample);
      packets += hear(20, sample(8));
    }
    return packets;
  }
  void forget() {
    loud = same = voiced = sent = 0;
    from.clear();
    samples.clear();
  }
  template <class Sample>
  void send_voice(std::uint16_t port, Sample sample) {
    const Endpoint to = server(port);
    unsigned char packet[172] = {0x80, 8, static_cast<unsigned char>(sequence_ >> 8),
                                 static_cast<unsigned char>(sequence_)};
    const std::uint32_t stamp = htonl(static_cast<std::uint32_t>(sequence_) * 160U);
    std::memcpy(packet + 4, &stamp, 4);
    std::memcpy(packet + 10, &port_, 2);  // SSRC: no two telephones have the same
    for (int i = 0; i < 160; ++i) packet[12 + i] = sample(i);
    ++sequence_;
    ++sent;
    ::sendto(socket_, packet, sizeof packet, 0, &to.any, to.size());
  }
  int hear(int ms, unsigned char own) {
    int packets = 0;
    const auto next = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
    while (true) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(next - std::chrono::steady_clock::now());
      pollfd p{socket_, POLLIN, 0};
      if (left.count() <= 0 || ::poll(&p, 1, static_cast<int>(left.count())) <= 0) break;
      unsigned char heard[2048];
      Endpoint sender{};
      socklen_t sender_size = sizeof sender;
      const auto n = ::recvfrom(socket_, heard, sizeof heard, 0, &sender.any, &sender_size);
      if (n < 172) continue;
      ++packets;
      if (std::all_of(heard + 12, heard + n, [&](auto byte) { return byte == heard[20]; })) ++samples[heard[20]];
      from.insert(ntohs(sender.four.sin_port));
      // 0xd5 and 0x55 are A-law silence.
      for (int i = 12; i < n; ++i) loud += (heard[i] & 0x7f) != 0x55 && (heard[i] | 0x80) != 0xd5;
      int peak = 0;
      for (int i = 12; i < n; ++i) peak = std::max(peak, std::abs(from_a_law(heard[i])));
      voiced += peak > 32'768 / 20;
      same += heard[20] == own;
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
  union Endpoint {
    sockaddr any;
    sockaddr_in four;
    sockaddr_in6 six{};
    socklen_t size() const { return any.sa_family == AF_INET6 ? sizeof six : sizeof four; }
  };
  static Endpoint at(const std::string& host, std::uint16_t port) {
    Endpoint e{};
    const bool six = host.find(':') != std::string::npos;
    e.any.sa_family = six ? AF_INET6 : AF_INET;
    e.four.sin_port = htons(port);
    ::inet_pton(e.any.sa_family, host.c_str(),
                six ? static_cast<void*>(&e.six.sin6_addr) : static_cast<void*>(&e.four.sin_addr));
    return e;
  }
  Endpoint server(std::uint16_t port) const { return at(v6() ? "::1" : "127.0.0.1", port); }
  bool v6() const { return host_.find(':') != std::string::npos; }

  std::string host_;
  int socket_ = -1;
  std::uint16_t port_ = 0;
  std::uint16_t sequence_ = 1;
};

}  // namespace sigap::media
