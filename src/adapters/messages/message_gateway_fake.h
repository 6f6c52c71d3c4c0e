// The one fake of the text message carrier: it shows what it would send, and sends nothing. A real gateway takes its
// place behind the port. It shows in memory only: the last kShownMost, to whoever asks. Any thread.
#pragma once
#include <deque>
#include <mutex>
#include <vector>

#include "ports/messages.h"

namespace sigap::messages {

class MessageGatewayFake final : public ports::MessageGateway {
 public:
  struct Shown {
    MessageId message;
    std::string number;
    std::string text;
  };

  void send(MessageId message, std::string number, std::string text,
            std::function<void(bool, std::string)> done) override;
  /// Oldest first.
  std::vector<Shown> shown() const;

  static constexpr std::size_t kShownMost = 50;

 private:
  mutable std::mutex mutex_;
  std::deque<Shown> shown_;
};

}  // namespace sigap::messages
