#include "adapters/messages/message_gateway_fake.h"

namespace sigap::messages {

void MessageGatewayFake::send(MessageId message, std::string number, std::string text,
                              std::function<void(bool, std::string)> done) {
  {
    const std::lock_guard lock(mutex_);
    if (shown_.size() == kShownMost) shown_.pop_front();
    shown_.push_back({message, std::move(number), std::move(text)});
  }
  done(true, "fake gateway: shown, not sent");
}

std::vector<MessageGatewayFake::Shown> MessageGatewayFake::shown() const {
  const std::lock_guard lock(mutex_);
  return {shown_.begin(), shown_.end()};
}

}  // namespace sigap::messages
