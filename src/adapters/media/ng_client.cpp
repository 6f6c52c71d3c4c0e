#include "adapters/media/ng_client.h"

#include <unistd.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <chrono>

namespace sigap::media {
namespace {

namespace asio = boost::asio;
using asio::ip::udp;

constexpr std::size_t kDatagramMax_bytes = 65'536;

}  // namespace

NgClient::NgClient(asio::io_context& io, std::uint16_t port, const std::string& host, int attempts)
    : io_(io),
      socket_(io),
      // A new process must not be answered with an old one's cookies.
      prefix_(std::to_string(::getpid()) + "_" +
              std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()) + "_"),
      attempts_(attempts) {
  socket_.connect(udp::endpoint(asio::ip::make_address(host), port));
  receive();
}

void NgClient::ask(boost::json::object request, Done done) {
  if (open_.size() >= kOpenMax) return done(refuse("media_down", "too many open questions"));
  const auto cookie = prefix_ + std::to_string(++next_);
  Question question{write_ng({cookie, std::move(request)}), std::move(done), 0,
                    std::make_unique<asio::steady_timer>(io_)};
  open_.emplace(cookie, std::move(question));
  send(cookie);
}

void NgClient::send(const std::string& cookie) {
  auto& question = open_.at(cookie);
  if (question.attempts == attempts_) return answer(cookie, refuse("media_down", "no reply"));
  boost::system::error_code ignored;  // nobody listening yet: the repetition will tell
  socket_.send(asio::buffer(question.datagram), 0, ignored);
  const int pause_ms = std::min(kRepeatAfter_ms << std::min(question.attempts++, 4), kRepeatAfterMax_ms);
  question.timer->expires_after(std::chrono::milliseconds(pause_ms));
  question.timer->async_wait([this, cookie](boost::system::error_code stopped) {
    if (!stopped && open_.contains(cookie)) send(cookie);
  });
}

void NgClient::receive() {
  buffer_.resize(kDatagramMax_bytes);
  socket_.async_receive(asio::buffer(buffer_), [this](boost::system::error_code error, std::size_t size) {
    if (error == asio::error::operation_aborted) return;
    // Nobody listens there: waiting would only make callers wait.
    if (error == asio::error::connection_refused) give_up(kNobodyListens);
    if (!error)
      if (auto message = read_ng(std::string_view(buffer_).substr(0, size))) {
        const auto* result = message->body.if_contains("result");
        const bool good = result && result->is_string() && result->as_string() != "error";
        if (good)
          answer(message->cookie, std::move(message->body));
        else
          answer(message->cookie, refuse("media_refused", "rtpengine said no"));
      }
    receive();
  });
}

void NgClient::answer(const std::string& cookie, Result<boost::json::object> result) {
  const auto found = open_.find(cookie);
  if (found == open_.end()) return;  // a late answer to a repeated question
  const auto question = std::move(found->second);
  open_.erase(found);
  question.timer->cancel();
  question.done(std::move(result));
}

void NgClient::give_up(const char* why) {
  for (auto open = std::exchange(open_, {}); auto& [cookie, question] : open) {
    question.timer->cancel();
    question.done(refuse("media_down", why));
  }
}

void NgClient::close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
  give_up("closing");
}

}  // namespace sigap::media
