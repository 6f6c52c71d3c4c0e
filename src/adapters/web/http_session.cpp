// HTTP/1.1 on one connection, one request after the other.
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <optional>

#include "adapters/web/connection.h"
#include "adapters/web/security_headers.h"
#include "adapters/web/ws_session.h"
#include "base/hash.h"

namespace sigap::web {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using Request = http::request<http::string_body>;
using Response = http::response<http::span_body<const char>>;

constexpr std::string_view kNoTls =
    "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: 36\r\nConnection: close\r\n\r\n"
    "This port speaks HTTPS: use https://";

std::chrono::milliseconds ms(Duration duration) {
  return std::chrono::milliseconds(duration.ms);
}

Instant steady_now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

/// All lines of a field, in their order: a list in several lines is one list (RFC 9110 5.3).
std::string joined(const Request& request, std::string_view name) {
  std::string list;
  for (const auto& field : request) {
    if (!beast::iequals(field.name_string(), beast::string_view(name.data(), name.size()))) continue;
    if (!list.empty()) list += ", ";
    list += view(field.value());
  }
  return list;
}

std::string first_of(const std::string& list) {
  const auto parts = list_parts(list);
  return parts.empty() ? std::string() : std::string(parts.front());
}

/// A request for a proxy names the whole address (RFC 9112 3.2.2): the host moves to Host, which then does not count.
void to_origin_form(Request& request) {
  const auto target = std::string(view(request.target()));
  const auto scheme = target.find("://");
  if (scheme == std::string::npos || target.starts_with('/')) return;
  const auto host = scheme + 3;
  const auto path = target.find_first_of("/?", host);
  request.set(http::field::host, target.substr(host, path - host));
  const auto rest = path == std::string::npos ? std::string() : target.substr(path);
  request.target(rest.starts_with('/') ? rest : '/' + rest);
}

/// Lists in several lines become one line: what reads the handshake looks at the first.
void gather(Request& request, http::field field, std::string_view name) {
  if (request.count(field) > 1) request.set(field, joined(request, name));
}

class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(tcp::socket socket, Door door, Surroundings around, std::shared_ptr<Ticket> ticket,
              const asio::ip::address& peer)
      : stream_(std::move(socket)), door_(door), around_(around), ticket_(std::move(ticket)), peer_(peer) {}

  void start() {
    ticket_->on_stop([weak = weak_from_this()] {
      const auto self = weak.lock();
      if (!self) return;
      self->stream_.close();
      self->ticket_.reset();  // not waited for, should the gateway still owe it an answer
    });
    door_ == Door::tls ? shake_hands() : read();
  }

 private:
  /// Nobody is let in before: until then it is one of those who sit idle in the hall.
  void shake_hands() {
    stream_.next_layer().expires_after(ms(around_.config.limits.handshake));
    const auto may = [self = shared_from_this()] {
      const auto& peer = self->peer_;
      return self->around_.handshakes.take(counted_address(peer), self->around_.from(peer), steady_now());
    };
    stream_.greet(around_.certificates->current(), may, [self = shared_from_this()](WebStream::Greeting greeting) {
      self->around_.certificates->shook_hands(greeting == WebStream::Greeting::tls);
      if (greeting == WebStream::Greeting::tls) return self->read();
      if (greeting == WebStream::Greeting::none) return self->stream_.close();
      asio::async_write(self->stream_, asio::buffer(kNoTls.data(), kNoTls.size()),
                        [self](beast::error_code, std::size_t) { self->leave(); });
    });
  }

  void read() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(around_.config.limits.header_bytes));
    parser_->body_limit(around_.config.limits.photograph_bytes);
    stream_.next_layer().expires_after(ms(around_.config.limits.request));
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = shared_from_this()](beast::error_code error, std::size_t) {
                              error ? self->failed(error) : self->read_body();
                            });
  }

  /// How large it may be is known when it is known what is asked.
  void read_body() {
    const auto& head = parser_->get();
    const auto& limits = around_.config.limits;
    const bool photograph = Router::is_photograph(view(head.method_string()), view(head.target()));
    if (photograph) room_ = around_.router.photograph_room(std::string(head["X-Sigap-Call"]));
    const auto most = room_ ? limits.photograph_bytes : limits.body_bytes;
    if (photograph && !room_ && parser_->content_length().value_or(most + 1) > most) return write(full(), false, false);
    if (parser_->content_length().value_or(0) > most) return failed(http::error::body_limit);
    if (parser_->is_done()) return arrived();
    parser_->body_limit(most);
    if (room_) stream_.next_layer().expires_after(ms(limits.photograph));
    http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      error ? self->failed(error) : self->arrived();
    });
  }

  void arrived() {
    stream_.next_layer().expires_never();
    take();
  }

  void failed(beast::error_code error) {
    stream_.next_layer().expires_never();
    if (error == http::error::body_limit) return write(refusal(413, "too_large"), false, false);
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
      return write(refusal(431, "too_large"), false, false);
    const bool theirs = error.category() == http::make_error_code(http::error::bad_method).category();
    if (theirs && error != http::error::end_of_stream && error != http::error::partial_message)
      return write(refusal(400, "invalid"), false, false);
    stream_.close();
  }

  void take() {
    if (!ticket_) return;
    auto message = parser_->release();
    const bool keep = message.keep_alive();
    const bool head = message.method() == http::verb::head;
    const auto hosts = message.count(http::field::host);  // HTTP/1.0 knows none: a health check of HAProxy
    if (hosts > 1 || (hosts == 0 && message.version() > 10) || message.count(http::field::origin) > 1)
      return write(refusal(400, "invalid"), false, head);
    to_origin_form(message);
    gather(message, http::field::connection, "Connection");
    gather(message, http::field::upgrade, "Upgrade");
    const auto request = text_of(message);
    if (door_ == Door::leads_on) return write(around_.router.lead_on(request), false, head);
    if (Router::is_socket_path(request.target)) return open_socket(std::move(message), request, keep);
    ticket_->answering(true);
    around_.router.answer(request, [self = shared_from_this(), keep, head](HttpReply reply) {
      self->write(std::move(reply), keep, head);
    });
  }

  void open_socket(Request message, const HttpRequest& request, bool keep) {
    auto admitted = around_.router.admit(request);
    if (auto* refused = std::get_if<HttpReply>(&admitted)) return write(std::move(*refused), keep, false);
    if (buffer_.size() > 0) return write(refusal(400, "invalid"), false, false);  // spoke before it was let in
    auto& pass = std::get<SocketPass>(admitted);
    const bool staff = pass.seat == ports::Channel::staff;
    if (!ticket_->sit(pass.seat, staff ? sha256_hex(pass.token) : request.address)) return write(full(), false, false);
    serve_socket(std::move(stream_), std::move(message), std::move(pass), around_, std::move(ticket_));
  }

  HttpRequest text_of(Request& message) const {
    HttpRequest request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    request.asked = asked_by(message);
    request.origin = std::string(message[http::field::origin]);
    request.cookie = std::string(message[http::field::cookie]);
    request.content_type = std::string(message[http::field::content_type]);
    request.accept_encoding = std::string(message[http::field::accept_encoding]);
    request.if_none_match = std::string(message[http::field::if_none_match]);
    request.range = std::string(message[http::field::range]);
    request.user_agent = std::string(message[http::field::user_agent]);
    request.upgrade = http::token_list(message[http::field::upgrade]).exists("websocket") ? "websocket" : "";
    request.client = std::string(message["sigap-client"]);
    request.id = std::string(message["webhook-id"]);
    request.timestamp = std::string(message["webhook-timestamp"]);
    request.signature = std::string(message["webhook-signature"]);
    request.call_token = std::string(message["X-Sigap-Call"]);
    request.line_name = std::string(message["X-Sigap-Line"]);
    request.body = std::move(message.body());
    const ForwardedFields fields{joined(message, "X-Forwarded-For"), joined(message, "Forwarded")};
    request.address = client_of(peer_, around_.proxies, fields);
    const bool told = !fields.x_forwarded_for.empty() || !fields.forwarded.empty();
    const bool proxied = around_.proxies.contain(peer_);
    if (told && !proxied) around_.unnamed.met(counted_address(plain_address(peer_)));
    // What comes through a proxy that nobody named may come from anywhere.
    boost::system::error_code hidden;
    const auto client = told ? asio::ip::make_address(request.address, hidden) : plain_address(peer_);
    request.observer = (proxied || !told) && !hidden && around_.observers.contain(client);
    return request;
  }

  /// A proxy may ask for another host than it was asked for; it then says so. No page can write these fields.
  Asked asked_by(const Request& message) const {
    Asked asked;
    asked.hosts.emplace_back(message[http::field::host]);
    if (door_ == Door::tls) asked.scheme = "https";
    if (!around_.proxies.contain(peer_)) return asked;
    const auto hosts = joined(message, "X-Forwarded-Host");
    for (const auto host : list_parts(hosts)) asked.hosts.emplace_back(host);
    // A proxy behind another says "http" of what the browser asked by https: only the better one tells something.
    const auto scheme = first_of(joined(message, "X-Forwarded-Proto"));
    if (beast::iequals(scheme, "https") || beast::iequals(scheme, "wss")) asked.scheme = "https";
    asked.port = first_of(joined(message, "X-Forwarded-Port"));
    return asked;
  }

  void write(HttpReply reply, bool keep, bool head) {
    if (ticket_) ticket_->answering(false);
    room_.reset();
    sent_ = std::move(reply.body);  // the response only points to it
    response_.emplace();
    response_->version(11);
    response_->result(static_cast<unsigned>(reply.status));
    response_->keep_alive(keep);
    for (const auto& [name, value] : reply.headers) response_->insert(name, value);  // cookies come in several lines
    for (const auto& [name, value] : kSecurityHeaders) response_->set(name, value);
    if (around_.router.strictly_secure() && door_ != Door::leads_on)
      response_->set(kStrictTransport.first, kStrictTransport.second);
    const std::size_t size = sent_ ? sent_->size() : 0;
    if (reply.status != 204 && reply.status != 304) response_->content_length(size);
    if (sent_ && !head) response_->body() = {sent_->data(), size};
    stream_.next_layer().expires_after(ms(around_.config.limits.reply));
    http::async_write(stream_, *response_, [self = shared_from_this(), keep](beast::error_code error, std::size_t) {
      if (error) return self->stream_.close();
      keep ? self->read() : self->leave();
    });
  }

  void leave() {
    stream_.leave([self = shared_from_this()](beast::error_code) {});
  }

  WebStream stream_;
  Door door_;
  Surroundings around_;
  std::shared_ptr<Ticket> ticket_;
  asio::ip::address peer_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<Response> response_;
  std::shared_ptr<const std::string> sent_;
  std::shared_ptr<void> room_;  ///< of a body as large as a photograph
};

}  // namespace

void serve_http(tcp::socket socket, Door door, Surroundings around, std::shared_ptr<Ticket> ticket,
                const asio::ip::address& peer) {
  std::make_shared<HttpSession>(std::move(socket), door, around, std::move(ticket), peer)->start();
}

}  // namespace sigap::web
