#include "drill/desk.h"

#include <boost/asio/connect.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>

#include "base/overloaded.h"
#include "codec/wire_codec.h"

namespace sigap::drill {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using people::OperatorState;

using Clock = std::chrono::steady_clock;

// As the page has them: web/src/core/socket.ts.
constexpr std::chrono::milliseconds kBeat{1000}, kComeBackAfter{300};
constexpr std::chrono::milliseconds kSilence{2500};  // of a server that is taken for lost

/// A machine has several addresses; the server shall see this one. What cannot be is told by the connect that follows.
void speak_from(beast::tcp_stream& stream, const Path& path) {
  beast::error_code ignored;
  stream.socket().open(path.http.protocol(), ignored);
  if (path.from.is_v6() == path.http.address().is_v6()) stream.socket().bind(tcp::endpoint(path.from, 0), ignored);
}

}  // namespace

/// One WebSocket; when it is lost, another takes its place.
struct Desk::Link : std::enable_shared_from_this<Desk::Link> {
  Link(asio::io_context& io, Desk& owner) : desk(&owner), socket(io) {}

  void open(const Path& path, const std::string& cookie) {
    const auto self = shared_from_this();
    speak_from(beast::get_lowest_layer(socket), path);
    beast::get_lowest_layer(socket).expires_after(kSilence);
    beast::get_lowest_layer(socket).async_connect(path.http, [self, host = in_uri(path.http), origin = origin_of(path),
                                                              cookie](beast::error_code error) {
      if (error) return self->lost();
      beast::get_lowest_layer(self->socket).expires_never();
      self->socket.set_option(beast::websocket::stream_base::decorator([=](beast::websocket::request_type& request) {
        request.set(http::field::cookie, cookie);
        request.set(http::field::origin, origin);
      }));
      self->socket.async_handshake(host, "/ws", [self](beast::error_code refused) {
        if (refused) return self->lost();
        self->up = true;
        self->read();
      });
    });
  }
  void read() {
    socket.async_read(buffer, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) return self->lost();
      const auto text = beast::buffers_to_string(self->buffer.data());
      self->buffer.consume(self->buffer.size());
      if (self->desk) self->desk->hear(text);
      self->read();
    });
  }
  void say(std::string text) {
    if (!up) return;
    waiting.push_back(std::move(text));
    if (waiting.size() == 1) write();
  }
  void write() {
    socket.async_write(asio::buffer(waiting.front()),
                       [self = shared_from_this()](beast::error_code error, std::size_t) {
                         if (error) return;
                         self->waiting.pop_front();
                         if (!self->waiting.empty()) self->write();
                       });
  }
  void lost() {
    up = false;
    if (auto* owner = std::exchange(desk, nullptr)) owner->come_back();
  }

  Desk* desk;
  beast::websocket::stream<beast::tcp_stream, false> socket;
  beast::flat_buffer buffer;
  std::deque<std::string> waiting;
  bool up = false;
};

Desk::Desk(asio::io_context& io, const Path& path, std::string login, FarEnd& far_end)
    : io_(io), path_(path), login_(std::move(login)), far_end_(far_end), voice_(io, path.from), beats_(io) {}

Desk::~Desk() {
  if (link_) link_->desk = nullptr;
}

Result<bool> Desk::sign_in(const std::string& password) {
  beast::error_code error;
  beast::tcp_stream stream(io_);
  speak_from(stream, path_);
  stream.connect(path_.http, error);
  if (error) return refuse("io", "the server's pages do not answer");
  const auto host = in_uri(path_.http);
  http::request<http::string_body> request{http::verb::post, "/api/sign-in", 11};
  request.set(http::field::host, host);
  request.set(http::field::origin, origin_of(path_));
  request.set(http::field::content_type, "application/json");
  request.body() = R"({"login": ")" + login_ + R"(", "password": ")" + password + "\"}";
  request.prepare_payload();
  http::response<http::string_body> response;
  beast::flat_buffer buffer;
  http::write(stream, request, error);
  if (!error) http::read(stream, buffer, response, error);
  if (error) return refuse("io", "the server hung up");
  if (response.result() != http::status::ok) return refuse("sign_in", login_ + ": " + response.body());
  const std::string cookie(response[http::field::set_cookie]);
  cookie_ = cookie.substr(0, cookie.find(';'));
  return true;
}

void Desk::open() {
  link_ = std::make_shared<Link>(io_, *this);
  heard_ = Clock::now();
  link_->open(path_, cookie_);
  beat();
}

void Desk::lose() {
  // A machine without power says nothing, not even that it is gone.
  link_->desk = nullptr;
  beast::get_lowest_layer(link_->socket).close();
  come_back();
}

void Desk::come_back() {
  connected_ = false;
  beats_.expires_after(kComeBackAfter);
  beats_.async_wait([this](boost::system::error_code stopped) {
    if (!stopped) open();
  });
}

void Desk::beat() {
  beats_.expires_after(kBeat);
  beats_.async_wait([this](boost::system::error_code stopped) {
    if (stopped) return;
    if (Clock::now() - heard_ > kSilence) return lose();
    say(core::Heartbeat{});
    beat();
  });
}

void Desk::say(const core::ClientMessage& message) {
  if (link_) link_->say(codec::write_client_message(message));
}

void Desk::ask(core::Command command) {
  say(core::Request{next_++, std::move(command)});
}

people::OperatorState Desk::state() const {
  return self_.state.value_or(OperatorState::not_ready);
}

CallId Desk::call() const {
  return self_.call.value_or(CallId{});
}

void Desk::hang_up() {
  if (self_.call) ask(core::HangUp{*self_.call});
}

void Desk::rest() {
  rests_ = true;
  if (state() == OperatorState::ready) ask(core::TakePause{});
}

void Desk::hear(const std::string& text) {
  heard_ = Clock::now();
  auto message = codec::read_server_message(text);
  if (!message) return;
  if (auto* update = std::get_if<core::Update>(&*message)) {
    if (update->full) {
      connected_ = true;
      ++pictures_;
      accepted_ = {};  // whether it was heard is not known
      tasks_.clear();
    }
    if (update->self) self_ = *update->self;
    for (const auto& task : update->tasks) tasks_.insert(task.task);
    for (const auto& gone : update->removed)
      if (gone.kind == "task") tasks_.erase({gone.id});
    follow();
  } else if (auto* offer = std::get_if<core::MediaOffer>(&*message)) {
    drop_voice();
    far_name_ = login_ + "-" + std::to_string(++voices_);
    far_end_.answer(far_name_, offer->sdp, voice_.at(),
                    [this, id = offer->offer](const Result<std::string>& sdp, const FarEnd::Endpoint& send_to) {
                      if (!sdp) return;
                      voice_.send_to(send_to);
                      say(core::MediaAnswer{id, *sdp});
                    });
  }
}

void Desk::drop_voice() {
  voice_.mute();
  if (!far_name_.empty()) far_end_.hang_up(std::exchange(far_name_, {}));
}

void Desk::follow() {
  switch (state()) {
    case OperatorState::not_ready:
      if (rests_) break;
      if (!self_.headset_passed) ask(core::PassHeadset{});
      ask(core::BeReady{});
      break;
    case OperatorState::offered:
      if (answers_ && self_.offer && *self_.offer != accepted_) ask(core::AcceptOffer{accepted_ = *self_.offer});
      break;
    case OperatorState::wrap_up:
      drop_voice();
      if (self_.call) ask(core::SetOutcome{*self_.call, calls::Outcome::information});
      break;
    case OperatorState::ready:
      if (rests_) ask(core::TakePause{});
      break;
    case OperatorState::talking:
      break;
  }
}

}  // namespace sigap::drill
