// A fake: no carrier of text messages is here. It shows what it would send, in one file that only its owner reads
// (mode 0600), for a demo or a test. Without a file it shows nothing. A real gateway takes its place behind the port.
#pragma once
#include <filesystem>

#include "ports/messages.h"

namespace sigap::messages {

class MessageGatewayFake final : public ports::MessageGateway {
 public:
  explicit MessageGatewayFake(std::filesystem::path shown_in) : shown_in_(std::move(shown_in)) {}
  void send(MessageId message, std::string number, std::string text,
            std::function<void(bool, std::string)> done) override;

 private:
  std::filesystem::path shown_in_;
};

}  // namespace sigap::messages
