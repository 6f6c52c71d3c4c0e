// Requests of programs of somebody else's (docs/integrating.md). They are no browsers: nobody's page can sign for them,
// so their origin is not asked for.
#include "adapters/web/owed.h"

namespace sigap::web {

void Router::client_asks(const HttpRequest& request, const Reply& reply) {
  const std::string_view type = request.content_type;
  if (!request.body.empty() && type.substr(0, type.find(';')) != "application/json")
    return reply(refusal(415, "content_type"));
  const auto owed = owe(io_, reply, config_.limits.sign_in);
  ports::ClientRequest asked{request.method,    request.target.substr(0, request.target.find('?')),
                             request.client,    request.id,
                             request.timestamp, request.signature,
                             request.body};
  gateway_.client_asks(std::move(asked), [owed, mailbox = mailbox_](ports::ClientAnswer answer) {
    mailbox->post([owed, answer = std::move(answer)] {
      const auto still = owed.lock();
      if (!still) return;
      auto said = json_reply(answer.status, answer.json);
      if (answer.retry_after_s > 0) said.headers.emplace_back("Retry-After", std::to_string(answer.retry_after_s));
      still->give(std::move(said));
    });
  });
}

}  // namespace sigap::web
