// Photographs by HTTP: from a caller's page, and to the screens of those who may see them.
#include "runtime/screens/gateway.h"
#include "runtime/voice/page_calls.h"
#include "runtime/voice/photographs.h"

namespace sigap::runtime {

bool Gateway::calls(const std::string& token) const {
  return pages_->knows(token);
}

void Gateway::photograph(ports::PhotographSent sent, std::function<void(std::string)> done) {
  const bool posted = core_.post([this, sent = std::move(sent), done]() mutable {
    const auto leg = pages_->leg_of(sent.token);
    if (!leg) return done("over");
    photographs_->take(leg, std::move(sent.name), std::move(sent.file),
                       [done](const std::optional<Refusal>& why) { done(why ? why->code : ""); });
  });
  if (!posted) done("busy");
}

void Gateway::show_photograph(std::string token, std::int64_t call, std::string name,
                              std::function<void(ports::PhotographShown)> done) {
  const bool posted = core_.post([this, token = std::move(token), call, name = std::move(name), done] {
    const auto* session = session_by_token(token);
    if (!session) return done({"", "session"});
    photographs_->show(session->id, {call}, name, [done](Result<std::string> jpeg) {
      done(jpeg ? ports::PhotographShown{std::move(*jpeg), ""} : ports::PhotographShown{"", jpeg.error().code});
    });
  });
  if (!posted) done({"", "busy"});
}

}  // namespace sigap::runtime
