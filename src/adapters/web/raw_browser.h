// A browser of the tests, written on plain sockets so that it shares no code with what it tests: HTTP requests as text,
// the client's half of RFC 6455, and OpenSSL's client.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace sigap::web {

class RawBrowser {
 public:
  /// `receive_bytes`: of the socket's buffer, 0 = the system's.
  explicit RawBrowser(std::uint16_t port, int receive_bytes = 0) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_bytes > 0) setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    if (tls && connected_) connected_ = shake_hands();
  }
  ~RawBrowser() {
    SSL_free(ssl_);
    ::close(fd_);
  }
  RawBrowser(const RawBrowser&) = delete;
  RawBrowser& operator=(const RawBrowser&) = delete;

  /// Set by who tests HTTPS: browsers that are made from then on speak it.
  static inline SSL_CTX* tls = nullptr;
  bool connected() const { return connected_; }
  SSL* ssl() const { return ssl_; }

  bool send(std::string_view text) const {
    while (!text.empty()) {
      const auto n = put(text);
      if (n <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }

  /// One more piece into the buffer; false at the end, or after `ms` of silence.
  bool more(int ms = 5000) {
    char piece[65536];
    ssize_t n = 0;
    do {
      pollfd ready{fd_, POLLIN, 0};
      if (!(ssl_ && SSL_pending(ssl_) > 0) && poll(&ready, 1, ms) <= 0) return false;
      n = ssl_ ? SSL_read(ssl_, piece, sizeof piece) : recv(fd_, piece, sizeof piece, 0);
    } while (ssl_ && n < 0 && SSL_get_error(ssl_, static_cast<int>(n)) == SSL_ERROR_WANT_READ);
    if (n <= 0) {
      ended_ = true;
      shutdown(fd_, SHUT_WR);
      return false;
    }
    buffer_.append(piece, static_cast<std::size_t>(n));
    return true;
  }
  /// Reads on until the server has ended the connection.
  bool sees_end(int ms = 5000) {
    while (more(ms)) buffer_.clear();
    return ended_;
  }

  struct Reply {
    int status = 0;
    std::string head, body;
    std::string header(const std::string& name) const {
      const auto at = head.find("\r\n" + name + ": ");
      if (at == std::string::npos) return {};
      const auto from = at + name.size() + 4;
      return head.substr(from, head.find("\r\n", from) - from);
    }
  };
  Reply reply(bool has_body = true) {
    Reply out;
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
      if (!more()) return out;
    out.head = buffer_.substr(0, end + 2);
    buffer_.erase(0, end + 4);
    out.status = static_cast<int>(std::strtol(out.head.c_str() + 9, nullptr, 10));
    const auto length = out.header("Content-Length");
    const auto size = has_body && !length.empty() ? std::strtoull(length.c_str(), nullptr, 10) : 0;
    while (buffer_.size() < size)
      if (!more()) break;
    out.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return out;
  }
  Reply ask(const std::string& line, const std::string& headers = "", const std::string& body = "") {
    std::string text = line + " HTTP/1.1\r\nHost: sigap.test\r\n" + headers;
    if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    send(text + "\r\n" + body);
    return reply(!line.starts_with("HEAD"));
  }

  // ---- WebSocket

  Reply upgrade(const std::string& path, const std::string& headers) {
    // The key and its answer are the example of RFC 6455, 1.3.
    return ask("GET " + path,
               "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                   headers);
  }
  static constexpr std::uint8_t kText = 1, kBinary = 2, kClose = 8, kPing = 9, kPong = 10;
  static std::string frame(std::string_view payload, std::uint8_t opcode = kText) {
    std::string out(1, static_cast<char>(0x80 | opcode));
    const auto size = payload.size();
    if (size < 126) {
      out += static_cast<char>(0x80 | size);
    } else if (size < 65536) {
      out += static_cast<char>(0x80 | 126);
      out += static_cast<char>(size >> 8);
      out += static_cast<char>(size);
    } else {
      out += static_cast<char>(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(size >> shift);
    }
    const std::string mask = "\x11\x22\x33\x44";
    out += mask;
    for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(payload[i] ^ mask[i % 4]);
    return out;
  }
  struct Frame {
    std::uint8_t opcode = 0;
    std::string payload;
    int close_code() const {
      return payload.size() < 2 ? 0
                                : static_cast<std::uint8_t>(payload[0]) * 256 + static_cast<std::uint8_t>(payload[1]);
    }
  };
  /// The next frame; pings are handed out too.
  std::optional<Frame> next(int ms = 5000) {
    const auto need = [&](std::size_t n) {
      while (buffer_.size() < n)
        if (!more(ms)) return false;
      return true;
    };
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(buffer_[i]); };
    if (!need(2)) return std::nullopt;
    std::size_t size = byte(1), head = 2;
    const std::size_t more_bytes = size == 126 ? 2 : size == 127 ? 8 : 0;
    if (!need(head + more_bytes)) return std::nullopt;
    if (more_bytes > 0) size = 0;
    for (std::size_t i = 0; i < more_bytes; ++i) size = size << 8 | byte(head++);
    if (!need(head + size)) return std::nullopt;
    Frame out{static_cast<std::uint8_t>(byte(0) & 0x0f), buffer_.substr(head, size)};
    buffer_.erase(0, head + size);
    return out;
  }
  /// The next frame of this kind; others are passed over.
  std::optional<Frame> next_of(std::uint8_t opcode, int ms = 5000) {
    while (auto frame = next(ms))
      if (frame->opcode == opcode) return frame;
    return std::nullopt;
  }

 private:
  bool shake_hands() {
    ssl_ = SSL_new(tls);
    SSL_set_fd(ssl_, fd_);
    std::string name = "sigap.test";
    SSL_ctrl(ssl_, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());  // its macro casts
    SSL_set1_host(ssl_, "sigap.test");
    const timeval patience{10, 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return SSL_connect(ssl_) == 1;
  }
  ssize_t put(std::string_view text) const {
    if (!ssl_) return ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
    return SSL_write(ssl_, text.data(), static_cast<int>(text.size()));
  }

  int fd_;
  SSL* ssl_ = nullptr;
  bool connected_ = false;
  bool ended_ = false;
  std::string buffer_;
};

}  // namespace sigap::web
