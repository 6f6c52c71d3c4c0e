#include "study/calls_of_journal.h"

#include <map>
#include <variant>

#include "base/overloaded.h"
#include "codec/event_codec.h"

namespace sigap::study {
namespace {

using sigap::staffing::CallRecord;

/// A call that is not over.
struct Open {
  CallRecord record;
  std::optional<Instant> accepted;
  double handled_s = 0;  ///< by operators who lost it again

  void operator_left(Instant at) {
    if (accepted) handled_s += static_cast<double>((at - *accepted).ms) / 1000;
    accepted.reset();
  }
  CallRecord over() const {
    auto done = record;
    if (handled_s > 0) done.handling_s = handled_s;
    return done;
  }
};

}  // namespace

Result<bool> read_calls(ports::Journal& journal, stations::State& tree,
                        const std::function<void(const CallRecord&)>& take) {
  std::map<CallId, Open> open;
  const auto with = [&](CallId call, const auto& act) {
    if (const auto found = open.find(call); found != open.end()) act(found->second);
  };
  const auto close = [&](CallId call, Instant at) {
    with(call, [&](Open& o) {
      o.operator_left(at);
      take(o.over());
    });
    open.erase(call);
  };
  codec::NoKeys none;
  std::optional<Refusal> wrong;
  auto head = journal.read(1, [&](const ports::JournalLine& line) {
    auto event = codec::read_event(line.body, none);
    if (!event) {
      wrong = Refusal{"invalid", event.error().field,
                      "position " + std::to_string(line.position) + ": " + event.error().message};
      return false;
    }
    const auto at = event->at;
    visit_some(Overloaded{
                   [&](const stations::StationDefined& e) { tree.apply(e); },
                   [&](const calls::CallArrived& e) {
                     if (e.kind == calls::CallKind::emergency) open[e.call] = {{{}, at, {}}, {}, 0};
                   },
                   [&](const calls::CallHomed& e) { with(e.call, [&](Open& o) { o.record.station = e.station; }); },
                   [&](const calls::CallAccepted& e) { with(e.call, [&](Open& o) { o.accepted = at; }); },
                   [&](const calls::CallReturned& e) { with(e.call, [&](Open& o) { o.operator_left(at); }); },
                   [&](const calls::CallEnded& e) {
                     if (!e.answered) close(e.call, at);
                   },
                   [&](const calls::OutcomeSet& e) { close(e.call, at); },
                   [&](const calls::CallClosed& e) { close(e.call, at); },
               },
               event->body);
    return true;
  });
  if (wrong) return tl::unexpected(*wrong);
  if (!head) return tl::unexpected(head.error());
  for (const auto& [call, o] : open) take(o.over());
  return true;
}

}  // namespace sigap::study
