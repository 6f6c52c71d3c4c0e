// One open WebSocket: text both ways, with limits on size, rate, silence and what is left unsent.
#include "adapters/web/ws_session.h"

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <deque>
#include <optional>

#include "adapters/web/message_budget.h"

namespace sigap::web {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using Request = http::request<http::string_body>;
constexpr bool kCompression = false;  // secrets and strangers' texts in one stream: no length must tell of them

Instant steady_now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

class WsSession final : public Socket, public std::enable_shared_from_this<WsSession> {
 public:
  WsSession(WebStream stream, Request request, SocketPass pass, Surroundings around, std::shared_ptr<Ticket> ticket)
      : stream_(std::move(stream)),
        request_(std::move(request)),
        pass_(std::move(pass)),
        around_(around),
        limits_(around.config.limits),
        ticket_(std::move(ticket)),
        deadline_(stream_.get_executor()),
        staff_(pass_.channel == ports::Channel::staff),
        budget_(staff_ ? limits_.messages_per_second : limits_.citizen_messages_per_second,
                staff_ ? limits_.messages_burst : limits_.citizen_messages_burst, steady_now()) {}

  void start() {
    ticket_->on_stop([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->end(websocket::close_code::going_away);
    });
    beast::get_lowest_layer(stream_).expires_never();  // the stream has timeouts of its own
    stream_.set_option(websocket::stream_base::timeout{std::chrono::milliseconds(limits_.request.ms),
                                                       std::chrono::milliseconds(limits_.socket_idle.ms), true});
    stream_.read_message_max(staff_ ? limits_.message_bytes : limits_.citizen_message_bytes);
    stream_.text(true);
    stream_.auto_fragment(false);  // our messages are in memory whole
    stream_.control_callback([this](websocket::frame_type type, beast::string_view) {
      if (type == websocket::frame_type::close) return goodbye_heard();
      if (!budget_.take(steady_now())) end(websocket::close_code::policy_error);
    });
    stream_.async_accept(request_, [self = shared_from_this()](beast::error_code error) {
      if (!error) self->opened();
    });
  }

  // Any thread. What is posted is bounded by the backlog.
  void send(std::string text) override {
    const auto size = text.size();
    if (backlog_.fetch_add(size) + size > limits_.backlog_bytes) {
      backlog_.fetch_sub(size);
      if (!overflowed_.exchange(true))
        asio::post(stream_.get_executor(), [self = shared_from_this()] { self->drop(); });
      return;
    }
    asio::post(stream_.get_executor(),
               [self = shared_from_this(), text = std::move(text)]() mutable { self->put(std::move(text)); });
  }

  void close() override {
    asio::post(stream_.get_executor(),
               [self = shared_from_this()] { self->finish(websocket::close_code::normal, true); });
  }

 private:
  void opened() {
    request_ = {};
    open_ = true;
    around_.sockets.add(ticket_->id(), shared_from_this(), pass_.channel, std::move(pass_.token));
    read();
  }

  // Runs until the connection has ended, whoever ended it: the one place where that is told.
  void read() {
    stream_.async_read(buffer_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) return self->ended();
      self->take();
      self->read();
    });
  }

  void take() {
    if (!closing_) {
      if (!stream_.got_text())
        end(websocket::close_code::unknown_data);
      else if (!budget_.take(steady_now()))
        end(websocket::close_code::policy_error);
      else
        around_.gateway.received(ticket_->id(), beast::buffers_to_string(buffer_.data()));
    }
    buffer_.consume(buffer_.size());
  }

  void put(std::string text) {
    if (closing_ || dropped_) {
      backlog_.fetch_sub(text.size());
      return;
    }
    unsent_.push_back(std::move(text));
    write();
  }

  void write() {
    if (writing_ || dropped_) return;
    if (unsent_.empty()) return say_goodbye();
    writing_ = true;
    stream_.async_write(asio::buffer(unsent_.front()),
                        [self = shared_from_this()](beast::error_code error, std::size_t) {
                          self->writing_ = false;
                          self->backlog_.fetch_sub(self->unsent_.front().size());
                          self->unsent_.pop_front();
                          if (error) return self->drop();
                          if (self->closing_ && !self->flush_) self->forget_unsent();
                          self->write();
                        });
  }

  void forget_unsent() {
    while (unsent_.size() > (writing_ ? 1U : 0U)) {
      backlog_.fetch_sub(unsent_.back().size());
      unsent_.pop_back();
    }
  }

  /// Ends it for `code`, what is unsent being sent before or forgotten.
  void finish(websocket::close_code code, bool flush) {
    if (closing_ || dropped_) return;
    closing_ = code;
    flush_ = flush;
    if (!flush) give_up();
    drop_later();
    write();
  }
  /// Nothing more is sent or heard: so the gateway need not wait for the other side's manners.
  void give_up() {
    forget_unsent();
    around_.sockets.remove(ticket_->id());
  }
  void drop_later() {
    deadline_.expires_after(std::chrono::milliseconds(limits_.socket_close.ms));
    deadline_.async_wait([weak = weak_from_this()](beast::error_code error) {
      const auto self = weak.lock();
      if (!error && self) self->drop();
    });
  }
  /// The library answers it.
  void goodbye_heard() {
    if (!closing_) drop_later();
    closing_ = closing_.value_or(websocket::close_code::normal);
    goodbye_said_ = true;
    flush_ = false;
    give_up();
  }
  void end(websocket::close_code code) {
    if (open_) return finish(code, false);
    drop();
  }

  void say_goodbye() {
    if (!closing_ || goodbye_said_) return;
    goodbye_said_ = true;
    stream_.async_close(*closing_, [self = shared_from_this()](beast::error_code) { self->drop(); });
  }

  /// At once and without a word: the read ends, and with it everything.
  void drop() {
    if (dropped_) return;
    dropped_ = true;
    beast::get_lowest_layer(stream_).close();
  }

  void ended() {
    drop();
    deadline_.cancel();
    around_.sockets.remove(ticket_->id());
  }

  websocket::stream<WebStream, kCompression> stream_;
  Request request_;
  SocketPass pass_;
  Surroundings around_;
  const WebLimits& limits_;
  std::shared_ptr<Ticket> ticket_;
  asio::steady_timer deadline_;
  bool staff_ = false;
  MessageBudget budget_;
  beast::flat_buffer buffer_;
  std::deque<std::string> unsent_;  ///< the front one is being written while writing_
  std::atomic<std::size_t> backlog_ = 0;
  std::atomic<bool> overflowed_ = false;
  std::optional<websocket::close_code> closing_;
  bool flush_ = false;
  bool open_ = false;
  bool writing_ = false;
  bool goodbye_said_ = false;
  bool dropped_ = false;
};

}  // namespace

void serve_socket(WebStream stream, Request request, SocketPass pass, Surroundings around,
                  std::shared_ptr<Ticket> ticket) {
  std::make_shared<WsSession>(std::move(stream), std::move(request), std::move(pass), around, std::move(ticket))
      ->start();
}

}  // namespace sigap::web
