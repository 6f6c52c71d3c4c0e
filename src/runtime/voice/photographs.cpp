#include "runtime/voice/photographs.h"

#include <algorithm>

#include "base/hash.h"

namespace sigap::runtime {
namespace {

Refusal refusal_of(const char* code, const char* message) {
  return {code, "", message};
}

}  // namespace

void Photographs::take(const LegId& leg, std::string name, std::string file, Taken taken) {
  const auto* call = core_.engine().state().calls.find(leg);
  if (!call || call->state == calls::CallState::ended) return taken(refusal_of("over", "this call has ended"));
  if (call->lines) {
    const auto is_it = [&](const calls::Line& line) { return line.photograph && line.name == name; };
    if (std::ranges::any_of(*call->lines, is_it)) return taken(std::nullopt);
    const auto sent = std::ranges::count_if(*call->lines, [](const auto& line) { return line.photograph.has_value(); });
    if (static_cast<std::size_t>(sent) >= calls::kPhotographsMax)
      return taken(refusal_of("too_many", "no more photographs in one call"));
  }
  if (under_way_.size() >= kAtOnce || !under_way_.insert(leg).second)
    return taken(refusal_of("busy", "another one is under way"));
  const auto done = [this, leg, taken = std::move(taken)](std::optional<Refusal> why) {
    under_way_.erase(leg);
    taken(std::move(why));
  };
  const bool posted = worker_.post([this, leg, name = std::move(name), file = std::move(file), done] {
    auto made = maker_.make(file);
    core_.post_always([this, leg, name, done, made = std::move(made)] {
      if (!made) return done(made.error());
      keep(leg, name, *made, done);
    });
  });
  if (!posted) done(refusal_of("busy", "too much work"));
}

void Photographs::keep(const LegId& leg, const std::string& name, const ports::MadePhotograph& made,
                       const Taken& taken) {
  const auto* call = core_.engine().state().calls.find(leg);
  if (!call) return taken(refusal_of("over", "this call has ended"));
  const auto id = call->id;
  auto sealed = vault_.seal(subject_of(id).value, ports::kPhotographPlace, made.jpeg);
  const calls::Photograph photograph{sha256_hex(sealed), static_cast<std::int64_t>(made.jpeg.size()), made.width,
                                     made.height};
  const bool posted = worker_.post([this, id, leg, name, photograph, sealed = std::move(sealed), taken] {
    auto kept = files_.write(id, photograph.sha256, sealed);
    core_.post_always([this, leg, name, photograph, taken, kept = std::move(kept)] {
      if (!kept) return taken(kept.error());
      core_.submit(core::PhotographSealed{leg, name, photograph},
                   [taken](const Reply& reply) { taken(reply.refusal); });
    });
  });
  if (!posted) taken(refusal_of("busy", "too much work"));
}

void Photographs::show(SessionId session, CallId call, const std::string& sha256, Shown shown) {
  core::CommandAsked asked{core::SignedIn{session}, core::ViewPhotograph{call, sha256}, "", ""};
  core_.submit(std::move(asked), [this, call, sha256, shown = std::move(shown)](const Reply& reply) {
    if (reply.refusal) return shown(tl::unexpected(*reply.refusal));
    const bool posted = worker_.post([this, call, sha256, shown] {
      auto sealed = files_.read(call, sha256);
      core_.post_always([this, call, shown, sealed = std::move(sealed)] {
        if (!sealed) return shown(tl::unexpected(sealed.error()));
        auto jpeg = vault_.open(subject_of(call).value, ports::kPhotographPlace, *sealed);
        if (!jpeg) return shown(tl::unexpected(refusal_of("gone", "it cannot be read")));
        shown(std::move(*jpeg));
      });
    });
    if (!posted) shown(tl::unexpected(refusal_of("busy", "too much work")));
  });
}

void Photographs::forget(const std::vector<CallId>& calls) {
  if (calls.empty()) return;
  // What the queue has no room for is swept at the next start: without its key it is nobody's.
  (void)worker_.post([this, calls] {
    for (const auto call : calls) files_.forget(call);
  });
}

void Photographs::sweep() {
  (void)worker_.post([this] {
    auto calls = files_.calls();
    core_.post_always([this, calls = std::move(calls)] {
      std::vector<CallId> forgotten;
      for (const auto call : calls)
        if (!core_.engine().state().calls.find(call) && !vault_.has_key(subject_of(call).value))
          forgotten.push_back(call);
      forget(forgotten);
    });
  });
}

}  // namespace sigap::runtime
