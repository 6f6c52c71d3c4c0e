#include "adapters/web/web_stream.h"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <chrono>
#include <optional>

namespace sigap::web {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace ssl = asio::ssl;

namespace {

constexpr auto kDrain = std::chrono::seconds(1);   // so that a refusal is read before the connection is reset
constexpr std::size_t kDrainMax_bytes = 1U << 20;  // more than that is not a mistake
constexpr unsigned char kHandshakeRecord = 22;     // RFC 8446 5.1: what each client of TLS begins with

}  // namespace

struct WebStream::Wire {
  explicit Wire(asio::ip::tcp::socket socket) : tcp(std::move(socket)) {}
  beast::tcp_stream tcp;
  std::shared_ptr<ssl::context> context;  ///< it may be replaced while we are here
  std::optional<ssl::stream<beast::tcp_stream&>> tls;
  std::array<unsigned char, 4096> unread;
};

WebStream::WebStream(asio::ip::tcp::socket socket) : wire_(std::make_shared<Wire>(std::move(socket))) {}
WebStream::WebStream(WebStream&&) noexcept = default;
WebStream::~WebStream() = default;

beast::tcp_stream& WebStream::next_layer() noexcept {
  return wire_->tcp;
}
const beast::tcp_stream& WebStream::next_layer() const noexcept {
  return wire_->tcp;
}

void WebStream::greet(const std::shared_ptr<ssl::context>& context, std::function<bool()> may,
                      std::function<void(Greeting)> done) {
  const auto begun = [kept = wire_, context, may = std::move(may), done = std::move(done)](Error error,
                                                                                           std::size_t size) {
    if (error || size == 0) return done(Greeting::none);
    if (kept->unread.front() != kHandshakeRecord) return done(Greeting::plain);
    if (!may()) return done(Greeting::none);
    kept->context = context;
    kept->tls.emplace(kept->tcp, *context);
    kept->tls->async_handshake(
        ssl::stream_base::server, asio::buffer(kept->unread.data(), 1),
        [kept, done](Error failed, std::size_t) { done(failed ? Greeting::none : Greeting::tls); });
  };
  wire_->tcp.async_read_some(asio::buffer(wire_->unread.data(), 1), begun);
}

void WebStream::read(asio::mutable_buffer into, Done done) {
  wire_->tls ? wire_->tls->async_read_some(into, std::move(done)) : wire_->tcp.async_read_some(into, std::move(done));
}

void WebStream::write(const Some& some, Done done) {
  wire_->tls ? wire_->tls->async_write_some(some, std::move(done)) : wire_->tcp.async_write_some(some, std::move(done));
}

void WebStream::leave(std::function<void(Error)> done) {
  wire_->tcp.expires_after(kDrain);
  if (!wire_->tls) return drain(wire_, 0, done);
  wire_->tls->async_shutdown([kept = wire_, done = std::move(done)](Error) { drain(kept, 0, done); });
}

void WebStream::drain(const std::shared_ptr<Wire>& wire, std::size_t drained, const std::function<void(Error)>& done) {
  Error ignored;
  if (drained == 0) wire->tcp.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  wire->tcp.async_read_some(asio::buffer(wire->unread), [wire, drained, done](Error error, std::size_t size) {
    if (!error && drained + size <= kDrainMax_bytes) return drain(wire, drained + size, done);
    wire->tcp.close();
    done({});
  });
}

void WebStream::close() {
  wire_->tcp.close();
}

}  // namespace sigap::web
