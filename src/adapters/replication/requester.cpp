#include "adapters/replication/requester.h"

namespace sigap::replication {

Result<std::string> Requester::ask(const std::string& message, Deadline deadline) {
  if (auto begun = begin(message, deadline); !begun) return tl::unexpected(begun.error());
  return finish(deadline);
}

Result<bool> Requester::begin(const std::string& message, Deadline deadline) {
  if (!link_) {
    auto dialled = Link::dial(to_, key_, service_, std::min(deadline, in(kDial)));
    if (!dialled) return tl::unexpected(dialled.error());
    link_ = std::move(*dialled);
  }
  auto sent = link_->send(message, deadline);
  if (!sent) drop();
  return sent;
}

Result<std::string> Requester::finish(Deadline deadline) {
  if (!link_) return refuse("closed", "nothing was asked");
  auto answer = link_->receive(deadline);
  if (!answer) drop();
  return answer;
}

}  // namespace sigap::replication
