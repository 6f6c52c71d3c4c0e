#include "drill/caller.h"

#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <chrono>

namespace sigap::drill {
namespace {

namespace asio = boost::asio;
using asio::ip::udp;
using std::chrono::milliseconds;

constexpr milliseconds kT1{500}, kT2{4000};  // RFC 3261 17.1.1.1

std::string line_of(const std::string& message, const std::string& name) {
  const auto at = message.find("\r\n" + name + ":");
  if (at == std::string::npos) return {};
  return message.substr(at + 2, message.find("\r\n", at + 2) - at - 2);
}

/// Another one each time, on whatever machine: an installation's journal keeps the Call-IDs of earlier drills.
std::string this_run() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  static const std::string run =
      std::to_string(std::chrono::duration_cast<milliseconds>(now).count()) + "-" + std::to_string(::getpid());
  return run;
}

std::string body_of(const std::string& message) {
  const auto at = message.find("\r\n\r\n");
  return at == std::string::npos ? std::string() : message.substr(at + 4);
}

}  // namespace

Caller::Caller(asio::io_context& io, const Path& path, int number)
    : socket_(io, udp::endpoint(path.from, 0)),
      server_(path.sip),
      repeater_(io),
      voice_(io, path.from),
      here_(in_uri(socket_.local_endpoint())),
      number_("+62800" + std::to_string(1'000'000 + number)),
      call_id_("drill-" + this_run() + "-" + std::to_string(number)) {
  receive();
}

std::string Caller::sdp() const {
  const auto here = in_sdp(voice_.at().address());
  return "v=0\r\no=drill 1 1 " + here + "\r\ns=-\r\nc=" + here + "\r\nt=0 0\r\nm=audio " +
         std::to_string(voice_.at().port()) + " RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n";
}

std::string Caller::request(const char* method, int cseq, const std::string& body) const {
  const std::string to = to_tag_.empty() ? "" : ";tag=" + to_tag_;
  return std::string(method) + " sip:110@" + in_uri(server_) + " SIP/2.0\r\nVia: SIP/2.0/UDP " + here_ +
         ";branch=z9hG4bK" + call_id_ + method + ";rport\r\nFrom: <sip:" + number_ + "@" + here_ +
         ">;tag=d\r\nTo: <sip:110@" + in_uri(server_.address()) + ">" + to + "\r\nCall-ID: " + call_id_ +
         "\r\nCSeq: " + std::to_string(cseq) + " " + method + "\r\nContact: <sip:" + number_ + "@" + here_ +
         ">\r\nMax-Forwards: 70\r\n" + (body.empty() ? "" : "Content-Type: application/sdp\r\n") +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

Overheard Caller::overheard() const {
  const auto said = request("INVITE", 1);
  return {line_of(said, "Via"), line_of(said, "From"), line_of(said, "To"), line_of(said, "Call-ID")};
}

void Caller::send(const std::string& message) {
  boost::system::error_code ignored;  // nobody listens: that is what repetitions are for
  socket_.send_to(asio::buffer(message), server_, 0, ignored);
}

void Caller::repeat(std::string message) {
  repeated_ = std::move(message);
  send(repeated_);
  again(kT1);
}

void Caller::again(milliseconds pause) {
  repeater_.expires_after(pause);
  repeater_.async_wait([this, pause](boost::system::error_code stopped) {
    if (stopped) return;
    send(repeated_);
    again(std::min(pause * 2, kT2));
  });
}

void Caller::dial() {
  state_ = State::dialling;
  repeat(request("INVITE", 1, sdp()));
}

void Caller::hang_up() {
  state_ = State::hanging_up;
  voice_.mute();
  repeat(request("BYE", 2));
}

void Caller::receive() {
  socket_.async_receive(asio::buffer(buffer_), [this](boost::system::error_code error, std::size_t size) {
    if (error == asio::error::operation_aborted) return;
    if (!error) hear({buffer_.data(), size});
    receive();
  });
}

void Caller::hear(const std::string& message) {
  if (message.rfind("SIP/2.0 ", 0) == 0)
    hear_answer(static_cast<int>(std::strtol(message.c_str() + 8, nullptr, 10)), message);
  else
    hear_request(message);
}

void Caller::hear_answer(int status, const std::string& message) {
  const bool to_bye = line_of(message, "CSeq").find("BYE") != std::string::npos;
  if (to_bye) {
    if (status < 200 || state_ != State::hanging_up) return;
    stop_repeating();
    state_ = State::ended;
    ended_by_ = EndedBy::caller;
    return;
  }
  if (state_ == State::dialling) stop_repeating();  // whatever it is: they have it
  if (status < 200) return;
  if (status >= 300) {
    send(request("ACK", 1));
    state_ = State::ended;
    ended_by_ = EndedBy::refused;
    return;
  }
  const auto to = line_of(message, "To");
  if (const auto tag = to.find(";tag="); tag != std::string::npos) to_tag_ = to.substr(tag + 5);
  send(request("ACK", 1));  // also to one that is repeated
  if (state_ != State::dialling) return;
  state_ = State::answered;
  if (const auto there = audio_at(body_of(message))) voice_.send_to(*there);
}

void Caller::hear_request(const std::string& message) {
  const auto method = message.substr(0, message.find(' '));
  if (method == "ACK") return;
  const bool over = state_ == State::ended;
  std::string reply = over && method != "BYE" ? "SIP/2.0 481 Gone\r\n" : "SIP/2.0 200 OK\r\n";
  for (const auto* name : {"Via", "From", "To", "Call-ID", "CSeq"}) reply += line_of(message, name) + "\r\n";
  const std::string body = method == "INVITE" && !over ? sdp() : "";
  if (!body.empty()) reply += "Contact: <sip:" + number_ + "@" + here_ + ">\r\nContent-Type: application/sdp\r\n";
  send(reply + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  if (method == "INVITE" && !over) {
    ++reinvites_;
    if (const auto there = audio_at(body_of(message))) voice_.send_to(*there);
  }
  if (method == "BYE" && state_ != State::ended) {
    stop_repeating();
    voice_.mute();
    state_ = State::ended;
    ended_by_ = EndedBy::server;
  }
}

}  // namespace sigap::drill
