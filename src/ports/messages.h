// Text messages to citizens (SMS). At most once: a message is never sent twice by us.
#pragma once
#include <functional>
#include <string>

#include "base/ids.h"

namespace sigap::ports {

class MessageGateway {
 public:
  virtual ~MessageGateway() = default;
  /// Sends one text message. `done(accepted, note)` says whether the gateway took it; the note holds no personal data.
  virtual void send(MessageId message, std::string number, std::string text,
                    std::function<void(bool, std::string)> done) = 0;
};

}  // namespace sigap::ports
