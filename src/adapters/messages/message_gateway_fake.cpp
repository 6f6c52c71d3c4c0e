#include "adapters/messages/message_gateway_fake.h"

#include <fcntl.h>
#include <unistd.h>

namespace sigap::messages {

void MessageGatewayFake::send(MessageId message, std::string number, std::string text,
                              std::function<void(bool, std::string)> done) {
  {
    const std::lock_guard lock(mutex_);
    if (shown_.size() == kShownMost) shown_.pop_front();
    shown_.push_back({message, number, text});
  }
  if (!shown_in_.empty()) {
    const auto line = std::to_string(message.value) + "\t" + number + "\t" + text + "\n";
    const int file = ::open(shown_in_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const bool shown = file >= 0 && ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    if (file >= 0) ::close(file);
    if (!shown) return done(false, "fake gateway: its file cannot be written");
  }
  if (show_) show_(std::move(number), std::move(text));
  done(true, "fake gateway: shown, not sent");
}

std::vector<MessageGatewayFake::Shown> MessageGatewayFake::shown() const {
  const std::lock_guard lock(mutex_);
  return {shown_.begin(), shown_.end()};
}

}  // namespace sigap::messages
