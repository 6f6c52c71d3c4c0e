// What the line did, for whoever leads a station: access is decided here on the core's thread, the history is asked on
// its own.
#include "runtime/screens/gateway.h"
#include "runtime/screens/line_report.h"

namespace sigap::runtime {

void Gateway::read_report(ports::ConnectionId connection, const people::Person& person, const core::ReadReport& asked) {
  const auto refuse_it = [this, connection, id = asked.id](const Refusal& why) {
    send(connection, core::Refused{id, why.code, why.field, why.message});
  };
  const auto& state = core_.engine().state();
  if (const auto objection = core::access::report_objection(state, person, asked.station)) return refuse_it(*objection);
  if (!history_.ask) return refuse_it({"unavailable", "", "there is no history"});
  const bool posted = history_.ask([this, connection, asked, refuse_it, behind = history_.behind,
                                    scope = report_scope(state.stations, asked.station, core_.now())](auto& reader) {
    auto found = make_report(scope, asked, reader);
    if (!found) return refuse_it({"unavailable", "", "the history does not answer"});
    found->behind = behind();
    send(connection, *found);
  });
  if (!posted) refuse_it({"busy", "", "too much work: say it again"});
}

}  // namespace sigap::runtime
