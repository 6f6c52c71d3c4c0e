// What the parts of the router share: replies, and those that are owed while somebody else works on them.
#pragma once
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "adapters/web/router.h"

namespace sigap::web {

inline HttpReply json_reply(int status, std::string body) {
  return {status,
          {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
          std::make_shared<const std::string>(std::move(body))};
}

inline HttpReply retry_later(int status, const std::string& code, Duration after) {
  auto reply = refusal(status, code);
  reply.headers.emplace_back("Retry-After", std::to_string((after.ms + 999) / 1000));
  return reply;
}

/// A reply owed: given by the gateway or, when that stays silent, by the clock.
/// Kept alive by its timer only: the gateway may hold its callback longer than the io thread lives.
struct Owed {
  Owed(boost::asio::io_context& io, Router::Reply to) : timer(io), reply(std::move(to)) {}
  boost::asio::steady_timer timer;
  Router::Reply reply;
  bool given() const { return !reply; }
  void give(HttpReply what) {
    if (!reply) return;
    const auto to = std::exchange(reply, nullptr);
    timer.cancel();
    to(std::move(what));
  }
};

inline std::weak_ptr<Owed> owe(boost::asio::io_context& io, const Router::Reply& reply, Duration patience) {
  auto owed = std::make_shared<Owed>(io, reply);
  owed->timer.expires_after(std::chrono::milliseconds(patience.ms));
  owed->timer.async_wait([owed](const boost::system::error_code& error) {
    if (!error) owed->give(retry_later(503, "busy", seconds(1)));
  });
  return owed;
}

}  // namespace sigap::web
