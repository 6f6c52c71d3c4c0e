// The one fake of the text message carrier: it shows what it would send, and sends nothing. A real gateway takes its
// place behind the port.
// It shows to a function, and in memory the last kShownMost; given a file instead, there too: IN THE CLEAR, mode 0600,
// and so for a demo or a test only. Any thread; `show` may be called by several at once.
#pragma once
#include <deque>
#include <filesystem>
#include <mutex>
#include <vector>

#include "ports/messages.h"

namespace sigap::messages {

class MessageGatewayFake final : public ports::MessageGateway {
 public:
  using Show = std::function<void(std::string number, std::string text)>;
  struct Shown {
    MessageId message;
    std::string number;
    std::string text;
  };

  /// `show` may be empty: then only the memory shows.
  explicit MessageGatewayFake(Show show = {}) : show_(std::move(show)) {}
  /// An empty path: no file.
  explicit MessageGatewayFake(std::filesystem::path shown_in) : shown_in_(std::move(shown_in)) {}
  void send(MessageId message, std::string number, std::string text,
            std::function<void(bool, std::string)> done) override;
  /// The last kShownMost, oldest first.
  std::vector<Shown> shown() const;

  static constexpr std::size_t kShownMost = 50;

 private:
  Show show_;
  std::filesystem::path shown_in_;
  mutable std::mutex mutex_;
  std::deque<Shown> shown_;
};

}  // namespace sigap::messages
