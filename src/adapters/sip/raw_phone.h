// A telephone of plain sockets for tests: says exactly the bytes it is told, over UDP or TCP, from any loopback
// address.
#pragma once
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <string>

namespace sigap::sip {

class RawPhone {
 public:
  RawPhone(std::uint16_t server, bool tcp, const char* from = "127.0.0.1", std::uint16_t port = 0)
      : tcp_(tcp), socket_(::socket(AF_INET, tcp ? SOCK_STREAM : SOCK_DGRAM, 0)) {
    sockaddr_in local{};
    local.sin_family = AF_INET;
    local.sin_port = htons(port);
    inet_pton(AF_INET, from, &local.sin_addr);
    EXPECT_EQ(::bind(socket_, as_address(local), sizeof local), 0);
    sockaddr_in remote = local;
    inet_pton(AF_INET, "127.0.0.1", &remote.sin_addr);
    remote.sin_port = htons(server);
    EXPECT_EQ(::connect(socket_, as_address(remote), sizeof remote), 0);
    socklen_t size = sizeof local;
    getsockname(socket_, as_address(local), &size);
    here_ = std::string(from) + ":" + std::to_string(ntohs(local.sin_port));
    server_ = "127.0.0.1:" + std::to_string(server);
  }
  /// Of a connection that came to us (TCP).
  explicit RawPhone(int accepted) : tcp_(true), socket_(accepted) {
    sockaddr_in local{};
    socklen_t size = sizeof local;
    getsockname(socket_, as_address(local), &size);
    here_ = "127.0.0.1:" + std::to_string(ntohs(local.sin_port));
  }
  ~RawPhone() { ::close(socket_); }
  RawPhone(const RawPhone&) = delete;
  RawPhone& operator=(const RawPhone&) = delete;

  void say(const std::string& bytes) {
    EXPECT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL), ssize_t(bytes.size()));
  }

  /// Whether the other side ends the connection before `ms` are over.
  bool ended(int ms) {
    char byte;
    pollfd p{socket_, POLLIN, 0};
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
    do {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
      if (left.count() < 0 || ::poll(&p, 1, static_cast<int>(left.count())) <= 0) return false;
    } while (::recv(socket_, &byte, 1, 0) > 0);
    return true;
  }

  /// A request of this phone's one dialog; `more` are whole header lines.
  std::string request(const std::string& method, int cseq, const std::string& more = "", const std::string& body = "",
                      const std::string& uri = "sip:110@sigap") const {
    const auto branch_of = method == "ACK" && !to_tag.empty()      ? "ACK"
                           : method == "CANCEL" || method == "ACK" ? "INVITE"
                                                                   : method;
    return method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/" + (tcp_ ? "TCP " : "UDP ") + here_ + ";branch=z9hG4bK" +
           call_id + std::to_string(cseq) + branch_of + ";rport\r\nFrom: <sip:+628111@" + here_ + ">;tag=t1\r\nTo: <" +
           "sip:110@sigap" + ">" + (to_tag.empty() ? "" : ";tag=" + to_tag) + "\r\nCall-ID: " + call_id +
           "\r\nCSeq: " + std::to_string(cseq) + " " + method + "\r\nContact: <sip:c@" + here_ +
           (tcp_ ? ";transport=tcp" : "") + ">\r\nMax-Forwards: 70\r\n" + more +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  std::string invite(const std::string& more = "", const std::string& uri = "sip:110@sigap",
                     const std::string& codecs = "8 101") const {
    return request("INVITE", 1, "Content-Type: application/sdp\r\n" + more, sdp(codecs), uri);
  }
  static std::string sdp(const std::string& codecs = "8 101") {
    return "v=0\r\no=c 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP " + codecs +
           "\r\na=rtpmap:101 telephone-event/8000\r\n";
  }

  /// The next message; empty after `ms` of silence.
  std::string hear(int ms = 2000) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
    while (true) {
      if (auto message = take(); !message.empty()) return message;
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
      pollfd p{socket_, POLLIN, 0};
      if (left.count() <= 0 || ::poll(&p, 1, static_cast<int>(left.count())) <= 0) return {};
      char buffer[65536];
      const auto n = ::recv(socket_, buffer, sizeof buffer, 0);
      if (n < 0 && errno == ECONNREFUSED) continue;  // nobody listened when we spoke last
      if (n <= 0) return {};
      heard_.append(buffer, static_cast<std::size_t>(n));
    }
  }
  /// The first final or, with `provisional`, any response but 100; its status, 0 after silence. Notes the tag of To.
  int status(int ms = 2000) {
    while (true) {
      last = hear(ms);
      if (last.empty()) return 0;
      if (last.rfind("SIP/2.0 ", 0) != 0) continue;
      const int code = std::stoi(last.substr(8, 3));
      if (code == 100) continue;
      if (const auto to = last.find("\r\nTo:"); to != std::string::npos) {
        const auto line = last.substr(to + 2, last.find("\r\n", to + 2) - to - 2);
        if (const auto tag = line.find(";tag="); tag != std::string::npos) to_tag = line.substr(tag + 5);
      }
      return code;
    }
  }
  /// The next request that comes to us, e.g. BYE; answered at once.
  std::string requested(int ms = 2000, const std::string& answer = "200 OK") {
    do {
      last = hear(ms);
      if (last.empty()) return {};
    } while (last.rfind("SIP/2.0 ", 0) == 0);
    say(reply_to(last, answer));
    return last.substr(0, last.find(' '));
  }
  /// A reply to a call that comes to us, with this phone's tag; `more` are whole header lines.
  std::string pick_up(const std::string& invite, const std::string& answer, const std::string& tag = "callee",
                      const std::string& body = "", const std::string& more = "") const {
    auto reply = reply_to(invite, answer);
    const auto to = reply.find("\r\nTo:") + 2;
    reply.insert(reply.find("\r\n", to), ";tag=" + tag);
    const auto end = reply.find("Content-Length:");
    return reply.substr(0, end) + "Contact: <sip:callee@" + here_ + (tcp_ ? ";transport=tcp" : "") + ">\r\n" + more +
           (body.empty() ? "" : "Content-Type: application/sdp\r\n") +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  /// A request within the dialog of the call that came to us with `invite`.
  std::string within(const std::string& invite, const std::string& method, int cseq, const std::string& tag = "callee",
                     const std::string& more = "", const std::string& body = "") const {
    const auto line = [&](const std::string& name) {
      const auto at = invite.find("\r\n" + name + ": ") + name.size() + 4;
      return invite.substr(at, invite.find("\r\n", at) - at);
    };
    const auto contact = line("Contact");
    return method + " " + contact.substr(1, contact.find('>') - 1) + " SIP/2.0\r\nVia: SIP/2.0/" +
           (tcp_ ? "TCP " : "UDP ") + here_ + ";branch=z9hG4bK" + method + std::to_string(cseq) +
           ";rport\r\nFrom: " + line("To") + ";tag=" + tag + "\r\nTo: " + line("From") +
           "\r\nCall-ID: " + line("Call-ID") + "\r\nCSeq: " + std::to_string(cseq) + " " + method +
           "\r\nContact: <sip:callee@" + here_ + ">\r\nMax-Forwards: 70\r\n" + more +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  int descriptor() const { return socket_; }
  const std::string& here() const { return here_; }
  std::uint16_t port() const { return static_cast<std::uint16_t>(std::stoi(here_.substr(here_.find(':') + 1))); }
  static std::string reply_to(const std::string& request, const std::string& answer = "200 OK") {
    const auto head = request.substr(request.find("\r\n") + 2);
    std::string reply = "SIP/2.0 " + answer + "\r\n";
    std::size_t at = 0;
    while (at < head.size()) {
      const auto end = head.find("\r\n", at);
      const auto line = head.substr(at, end - at);
      for (const auto* name : {"Via:", "From:", "To:", "Call-ID:", "CSeq:"})
        if (line.rfind(name, 0) == 0) reply += line + "\r\n";
      if (line.empty() || end == std::string::npos) break;
      at = end + 2;
    }
    return reply + "Content-Length: 0\r\n\r\n";
  }
  std::string header(const std::string& name) const {
    const auto at = last.find("\r\n" + name + ":");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 4;
    return last.substr(begin, last.find("\r\n", begin) - begin);
  }

  std::string call_id = "id" + std::to_string(::getpid()) + "-" + std::to_string(counter()++);
  std::string to_tag;
  std::string last;

 private:
  static int& counter() {
    static int value = 0;
    return value;
  }
  static sockaddr* as_address(sockaddr_in& a) { return reinterpret_cast<sockaddr*>(&a); }
  /// A whole message out of what was heard.
  std::string take() {
    if (!tcp_) return std::exchange(heard_, {});
    const auto head = heard_.find("\r\n\r\n");
    if (head == std::string::npos) return {};
    std::size_t body = 0;
    if (const auto at = heard_.find("Content-Length:"); at < head) body = std::stoul(heard_.substr(at + 15));
    if (heard_.size() < head + 4 + body) return {};
    auto message = heard_.substr(0, head + 4 + body);
    heard_.erase(0, message.size());
    return message;
  }

  bool tcp_;
  int socket_ = -1;
  std::string here_, server_, heard_;
};

}  // namespace sigap::sip
