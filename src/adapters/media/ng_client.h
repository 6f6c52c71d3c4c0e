// Asks rtpengine over UDP and waits: a lost datagram is sent again with its cookie, at growing distances. A process
// that is slow answers late, so patience is long; whoever knows that it is dead says so (give_up), and where nobody
// listens the system says so. Lives on the io_context's thread.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>

#include "adapters/media/ng_message.h"
#include "base/result.h"

namespace sigap::media {

class NgClient {
 public:
  using Done = std::function<void(Result<boost::json::object>)>;

  /// Source of both: 400 ms are four times what a busy rtpengine takes; 20 attempts are 30 s (own).
  static constexpr int kAttempts = 20;
  static constexpr int kRepeatAfter_ms = 400, kRepeatAfterMax_ms = 1600;
  static constexpr const char* kNobodyListens = "nobody listens";

  /// `host` is an address.
  NgClient(boost::asio::io_context& io, std::uint16_t port, const std::string& host = "127.0.0.1",
           int attempts = kAttempts);
  /// `done` is called once. Refusals: "media_down" (no reply, or too many questions open), "media_refused" (it said
  /// no).
  void ask(boost::json::object request, Done done);
  /// Everything open is refused: there is nobody who could answer.
  void give_up(const char* why);
  void close();

  static constexpr std::size_t kOpenMax = 5'000;

 private:
  struct Question {
    std::string datagram;
    Done done;
    int attempts = 0;
    std::unique_ptr<boost::asio::steady_timer> timer;
  };
  void send(const std::string& cookie);
  void receive();
  void answer(const std::string& cookie, Result<boost::json::object> result);

  boost::asio::io_context& io_;
  boost::asio::ip::udp::socket socket_;
  std::map<std::string, Question> open_;
  std::string prefix_;
  const int attempts_;
  std::int64_t next_ = 0;
  std::string buffer_;
};

}  // namespace sigap::media
