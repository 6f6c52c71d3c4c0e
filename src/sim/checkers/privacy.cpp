#include "sim/checkers/privacy.h"

#include <algorithm>
#include <utility>

#include "codec/event_codec.h"

namespace sigap::sim {
namespace {

/// Whose key an event's personal values are sealed with.
class Subjects final : public codec::Sealer {
 public:
  std::string seal(std::string_view subject, std::string_view, std::string_view) override {
    all.emplace(subject);
    return {};
  }
  std::optional<std::string> open(std::string_view, std::string_view, std::string_view) override { return {}; }
  std::set<std::string> all;
};

}  // namespace

void PrivacyChecker::event(const core::Event& event, Instant) {
  hold(event);
  if (!forgotten_.empty()) {
    Subjects sealed;
    (void)codec::write_event(event, sealed);
    for (const auto& subject : sealed.all) check(sealed_, !forgotten_.contains(subject), subject.c_str(), event.seq);
  }
  if (const auto* forgotten = std::get_if<privacy::RecordsForgotten>(&event.body)) {
    now_.push_back(forgotten->records);
    for (auto& subject : subjects_of(forgotten->records)) forgotten_.insert(std::move(subject));
  }
}

void PrivacyChecker::hold(const core::Event& event) {
  if (const auto* placed = std::get_if<privacy::HoldPlaced>(&event.body))
    held_[placed->call] = subjects_of(placed->records);
  if (const auto* lifted = std::get_if<privacy::HoldLifted>(&event.body)) held_.erase(lifted->call);
  const auto* forgotten = std::get_if<privacy::RecordsForgotten>(&event.body);
  const auto* dropped = std::get_if<privacy::RecordingsDropped>(&event.body);
  if (held_.empty() || (!forgotten && !dropped)) return;
  const auto gone = forgotten ? subjects_of(forgotten->records) : subjects_of(Records{dropped->calls, {}, {}});
  for (const auto& [call, subjects] : held_)
    for (const auto& subject : subjects)
      check(kept_, std::ranges::find(gone, subject) == gone.end(), subject.c_str(), event.seq);
}

void PrivacyChecker::step(const core::State& state, Instant) {
  for (const auto& records : std::exchange(now_, {})) {
    for (const auto id : records.calls) check(live_, !state.calls.find(id), "call", id.value);
    for (const auto id : records.incidents) check(live_, !state.incidents.find(id), "incident", id.value);
    for (const auto id : records.tasks) check(live_, !state.tasks.find(id), "task", id.value);
    for (const auto id : records.complaints()) check(live_, !core::find_case(state, id), "complaint", id.value);
  }
}

}  // namespace sigap::sim
