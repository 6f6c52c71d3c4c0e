// A connection to a browser, plain or by TLS: one type for both, so that what reads and writes on it is compiled once.
// Lives on the io thread. A deadline (next_layer().expires_after) counts for whatever is under way, a handshake and a
// goodbye too. Sources: RFC 8446 (TLS 1.3; 6.1 close_notify), RFC 9112 9.6 (how a connection is ended so that the last
// reply is read), Beast's AsyncStream.
#pragma once
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace boost::asio::ssl {
class context;
}

namespace sigap::web {

class WebStream {
 public:
  using next_layer_type = boost::beast::tcp_stream;
  using executor_type = next_layer_type::executor_type;
  using Error = boost::system::error_code;
  using Done = std::function<void(Error, std::size_t)>;
  enum class Greeting { tls, plain, none };

  explicit WebStream(boost::asio::ip::tcp::socket socket);
  WebStream(WebStream&& other) noexcept;
  ~WebStream();

  executor_type get_executor() noexcept { return next_layer().get_executor(); }
  next_layer_type& next_layer() noexcept;
  const next_layer_type& next_layer() const noexcept;

  /// From here on it is TLS, by this certificate; before anything was read. `may` is asked once the other side begins
  /// to speak TLS, before that costs anything. `plain`: it does not speak TLS, and nothing was said to it.
  void greet(const std::shared_ptr<boost::asio::ssl::context>& context, std::function<bool()> may,
             std::function<void(Greeting)> done);
  /// Says goodbye, and reads for a while what is still on its way: a connection that is closed with something unread is
  /// reset, and the reply with it. Closed when `done` is called.
  void leave(std::function<void(Error)> done);
  /// At once and without a word.
  void close();

  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    for (auto it = boost::asio::buffer_sequence_begin(buffers); it != boost::asio::buffer_sequence_end(buffers); ++it)
      if (const boost::asio::mutable_buffer one(*it); one.size() > 0)
        return read(one, erased(std::forward<Handler>(handler)));
    read({}, erased(std::forward<Handler>(handler)));
  }
  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    Some some;
    for (auto it = boost::asio::buffer_sequence_begin(buffers);
         it != boost::asio::buffer_sequence_end(buffers) && some.count < some.all.size(); ++it)
      if (const boost::asio::const_buffer one(*it); one.size() > 0) some.all[some.count++] = one;
    write(some, erased(std::forward<Handler>(handler)));
  }

 private:
  /// What is written at once: a head and its body, a frame and its payload.
  struct Some {
    std::array<boost::asio::const_buffer, 8> all;  // of more, the rest is written next
    std::size_t count = 0;
    auto begin() const { return all.begin(); }
    auto end() const { return all.begin() + count; }
  };

  /// The handler loses its type here: what is behind is compiled once, in web_stream.cpp.
  template <class Handler>
  static Done erased(Handler&& handler) {
    auto kept = std::make_shared<std::decay_t<Handler>>(std::forward<Handler>(handler));
    return [kept](Error error, std::size_t size) { std::move (*kept)(error, size); };
  }

  void read(boost::asio::mutable_buffer into, Done done);
  void write(const Some& some, Done done);

  struct Wire;
  static void drain(const std::shared_ptr<Wire>& wire, std::size_t drained, const std::function<void(Error)>& done);
  std::shared_ptr<Wire> wire_;
};

/// Found by the WebSocket, which ends with it.
template <class Handler>
void async_teardown(boost::beast::role_type, WebStream& stream, Handler&& handler) {
  auto kept = std::make_shared<std::decay_t<Handler>>(std::forward<Handler>(handler));
  stream.leave([kept](WebStream::Error error) { std::move (*kept)(error); });
}

}  // namespace sigap::web
