// Who looks for recordings, hears them, and keeps calls as evidence.
#include <algorithm>

#include "base/hash.h"
#include "base/overloaded.h"
#include "core/views/project.h"
#include "runtime/screens/gateway.h"

namespace sigap::runtime {
namespace {

constexpr std::int64_t kRecordingsShown = 200;  // what a person looks through; own

/// The station and all below it.
void add_within(const core::State& state, const StationCode& code, std::vector<StationCode>& stations) {
  stations.push_back(code);
  if (const auto below = state.indexes.below.find(code); below != state.indexes.below.end())
    for (const auto& each : below->second) add_within(state, each, stations);
}

}  // namespace

CallId Gateway::call_in(const core::Command& command) {
  if (const auto* play = std::get_if<core::PlayRecording>(&command)) return play->call;
  if (const auto* hold = std::get_if<core::PlaceHold>(&command)) return hold->call;
  if (const auto* taken = std::get_if<core::ExportEvidence>(&command)) return taken->call;
  return {};
}

void Gateway::ask_about_call(const core::Asker& asker, core::Request request, CallId call, const Tell& tell) {
  const auto kind = core::access::kind_of(core_.engine().state(), asker);
  // Whoever may not is refused before anything is looked up, and it is written down.
  if (!recordings_.find || !kind || !core::access::may(*kind, request.command))
    return ask(asker, request.id, std::move(request.command), tell);
  ports::RecordingQuery query;
  query.calls = {call};
  query.most = 1;
  const auto id = request.id;
  const bool asked = recordings_.find(query, [this, asker, request = std::move(request), tell](FoundCalls found) {
    core_.post_always(
        [this, asker, request, tell, found = std::move(found)] { tell_known(asker, request, found, tell); });
  });
  if (!asked) tell(core::Refused{id, "busy", "", "too much work: say it again"});
}

void Gateway::tell_known(const core::Asker& asker, core::Request request, const FoundCalls& found, const Tell& tell) {
  std::optional<core::KnownCall> known;
  if (!found.calls.empty()) known = found.calls.front();
  const auto id = request.id;
  const bool plays = std::holds_alternative<core::PlayRecording>(request.command);
  const auto* signed_in = std::get_if<core::SignedIn>(&asker);
  auto admitted = [this, tell, id, session = signed_in ? signed_in->session : SessionId{},
                   known](const core::ServerMessage& answer) {
    if (std::holds_alternative<core::Done>(answer)) {
      const auto [ticket, until] = recordings_.admit(session, *known);
      tell(core::PlayTicket{id, ticket, until});
    }
    tell(answer);
  };
  ask(asker, id, std::move(request.command), plays ? Tell(std::move(admitted)) : tell, {}, std::move(known));
}

void Gateway::find_recordings(ports::ConnectionId connection, const Browser& browser,
                              const core::FindRecordings& find) {
  const auto& s = core_.engine().state();
  const auto& person = *s.people.person(browser.person);
  const auto nothing = [&] { send(connection, core::RecordingsFound{find.id, true, {}}); };
  ports::RecordingQuery query;
  const bool held = find.held.value_or(false) || person.role == people::Role::administrator;
  if (held) {
    if (s.holds)
      for (const auto& [call, hold] : *s.holds) query.calls.push_back(call);
    if (query.calls.empty()) return nothing();
  } else {
    query.recorded = !find.call;
  }
  if (find.call) {
    if (held && std::ranges::find(query.calls, *find.call) == query.calls.end()) return nothing();
    query.calls = {*find.call};
  }
  if (find.incident) query.incident = *find.incident;
  // Each card is looked at again; this spares the index what nobody may see.
  if (person.role == people::Role::operator_ || person.role == people::Role::officer)
    query.operator_ = person.id;
  else if (find.station &&
           core::access::relation_to_station(s, person, *find.station) == core::access::Relation::outside)
    return nothing();
  else
    add_within(s, find.station.value_or(person.station), query.stations);
  query.from = find.from;
  query.until = find.until;
  query.whole = find.call.has_value();
  query.most = kRecordingsShown + 1;
  const bool asked = recordings_.find && recordings_.find(query, [this, connection, id = find.id](FoundCalls found) {
    core_.post_always([this, connection, id, found = std::move(found)] { show_recordings(connection, id, found); });
  });
  if (!asked) send(connection, core::RecordingsFound{find.id, false, {}});
}

void Gateway::show_recordings(ports::ConnectionId connection, std::int64_t id, const FoundCalls& found) {
  const auto browser = browsers_.find(connection);
  if (browser == browsers_.end()) return;
  core::RecordingsFound shown{id, !found.behind, {}};
  const auto v = view(browser->second);
  for (const auto& known : found.calls) {
    if (static_cast<std::int64_t>(shown.recordings.size()) == kRecordingsShown) {
      shown.complete = false;
      break;
    }
    if (auto card = core::views::card(v, known)) shown.recordings.push_back(std::move(*card));
  }
  send(connection, shown);
}

void Gateway::hear(std::string token, ports::SoundAsked asked, std::function<void(ports::SoundAnswer)> done) {
  const auto hash = sha256_hex(token);
  SessionId session;
  {
    const std::lock_guard lock(tokens_mutex_);
    for (const auto& [id, known] : token_of_)
      if (known == hash) session = id;
  }
  if (!session || !recordings_.hear) return done({});
  recordings_.hear(session, std::move(asked), std::move(done));
}

}  // namespace sigap::runtime
