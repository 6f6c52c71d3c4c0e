#include "drill/rtp_stream.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <boost/asio/buffer.hpp>
#include <cstring>
#include <ctime>

namespace sigap::drill {
namespace {

namespace asio = boost::asio;
using asio::ip::udp;

constexpr std::size_t kHeardMax = 4'000;  // half a second
constexpr int kSamples = 160;             // 20 ms at 8 kHz
constexpr std::size_t kHeader_bytes = 12;
constexpr unsigned char kPcma = 8;

std::int64_t now_ns() {
  timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return std::int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
}

}  // namespace

RtpStream::RtpStream(asio::io_context& io, const asio::ip::address& from) : socket_(io, udp::endpoint(from, 0)) {
  const int on = 1;
  ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  socket_.non_blocking(true);
  listen();
}

void RtpStream::tick() {
  if (!to_) return;
  unsigned char packet[kHeader_bytes + kSamples] = {0x80, kPcma};
  ++sequence_;
  const std::uint16_t sequence = htons(sequence_);
  const std::uint32_t stamp = htonl(std::uint32_t{sequence_} * kSamples);
  std::memcpy(packet + 2, &sequence, sizeof sequence);
  std::memcpy(packet + 4, &stamp, sizeof stamp);
  packet[11] = 7;  // SSRC
  // A square wave of 400 Hz: loud enough for any ear.
  for (int i = 0; i < kSamples; ++i) packet[kHeader_bytes + static_cast<std::size_t>(i)] = i / 10 % 2 ? 0xa5 : 0x25;
  boost::system::error_code ignored;
  socket_.send_to(asio::buffer(packet), *to_, 0, ignored);
}

void RtpStream::listen() {
  socket_.async_wait(udp::socket::wait_read, [this](boost::system::error_code error) {
    if (error) return;
    take();
    listen();
  });
}

void RtpStream::take() {
  while (true) {
    unsigned char packet[2048];
    alignas(cmsghdr) char control[256];
    iovec into{packet, sizeof packet};
    msghdr message{};
    message.msg_iov = &into;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    const auto size = ::recvmsg(socket_.native_handle(), &message, MSG_DONTWAIT);
    if (size < 0) return;
    if (size < static_cast<ssize_t>(kHeader_bytes) || (packet[1] & 0x7f) != kPcma) continue;
    heard_.append(reinterpret_cast<const char*>(packet) + kHeader_bytes,
                  static_cast<std::size_t>(size) - kHeader_bytes);
    if (heard_.size() > kHeardMax) heard_.erase(0, heard_.size() - kHeardMax);
    std::int64_t at = now_ns();
    for (auto* c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c))
      if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS) {
        timespec t;
        std::memcpy(&t, CMSG_DATA(c), sizeof t);
        at = std::int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
      }
    if (packets_++ > 0 && at - last_ns_ > longest_gap_ns_) {
      longest_gap_ns_ = at - last_ns_;
      longest_began_ns_ = last_ns_;
    }
    last_ns_ = at;
  }
}

double RtpStream::silent_ms() const {
  return static_cast<double>(now_ns() - last_ns_) / 1e6;
}

double RtpStream::longest_gap_began_s() const {
  const bool goes_on = silent_ms() > static_cast<double>(longest_gap_ns_) / 1e6;
  return static_cast<double>((goes_on ? last_ns_ : longest_began_ns_) - marked_ns_) / 1e9;
}

double RtpStream::longest_gap_ms() const {
  return std::max(static_cast<double>(longest_gap_ns_) / 1e6, silent_ms());
}

}  // namespace sigap::drill
