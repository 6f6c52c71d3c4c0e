// Programs of somebody else's. What gives one of them more than it had waits for a second administrator, as with people
// (S1); what takes away happens at once.
#include "core/decide/clients.h"

#include <algorithm>

#include "base/phone_number.h"
#include "core/access/access.h"
#include "core/decide/approvals.h"
#include "core/decide/calls.h"
#include "core/decide/joining.h"
#include "core/decide/tasks.h"

namespace sigap::core {
namespace {

constexpr std::size_t kClientsMax = 1'000;          // of the nation: two of each district; own
constexpr std::size_t kReportKeyMax_bytes = 64;     // a UUID, or a hash; own
constexpr std::size_t kReportTextMax_bytes = 4000;  // as notes of a desk
constexpr std::size_t kReportPlaceMax_bytes = 200;
constexpr std::size_t kReporterNameMax_bytes = 100;
constexpr std::size_t kReportNumberMax_bytes = 32;
constexpr std::int64_t kReportRadiusMax_m = 1'000'000;
/// Reports of one client that no desk has attended to: each alarms and has a card on every screen of its station. Own.
constexpr std::int64_t kReportsUnattendedMax = 200;

Verdict client_objection(const State& s, const StationCode& station, const std::set<clients::Scope>& scopes,
                         const std::set<clients::Topic>& topics, const std::string& url) {
  if (!s.stations.find(station)) return no("invalid", "no such station", "station");
  if (scopes.empty()) return no("invalid", "at least one", "scopes");
  if (const auto wrong = clients::url_objection(url)) return no("invalid", *wrong, "url");
  if (scopes.contains(clients::Scope::told) != !url.empty())
    return no("invalid", "an address belongs to the scope \"told\", and that to an address", "url");
  if (!url.empty() && topics.empty()) return no("invalid", "at least one", "topics");
  return {};
}

Verdict client_waits(Decider& d, ClientId id, const StationCode& station) {
  people::ApprovalAsked asked;
  asked.kind = people::ApprovalKind::client;
  asked.client = id;
  asked.station = station;
  return ask_second(d, std::move(asked));
}

/// Nothing waits on that somebody agreed to while the client was another.
void withdraw_approvals(Decider& d, ClientId id) {
  std::vector<ApprovalId> its;
  for (const auto& [approval, waiting] : d.state.people.approvals)
    if (waiting.client == id) its.push_back(approval);
  for (const auto approval : its) end_approval(d, approval, people::ApprovalEnd::withdrawn);
}

std::int64_t unattended_of(const State& s, ClientId client) {
  std::int64_t count = 0;
  for (const auto& [incident, alarms] : s.tasks.alarms) {
    const auto report = s.clients->reports.find(incident);
    count += report != s.clients->reports.end() && report->second.client == client;
  }
  return count;
}

Verdict report_objection(const OpenReport& c) {
  if (c.key.empty() || c.key.size() > kReportKeyMax_bytes) return no("invalid", "1 to 64 bytes", "key");
  if (c.notes && c.notes->size() > kReportTextMax_bytes) return no("too_long", "at most 4000 bytes", "notes");
  if (c.place && c.place->size() > kReportPlaceMax_bytes) return no("too_long", "at most 200 bytes", "place");
  if (c.reporter && c.reporter->size() > kReporterNameMax_bytes) return no("too_long", "at most 100 bytes", "reporter");
  if (c.number && c.number->size() > kReportNumberMax_bytes) return no("too_long", "at most 32 bytes", "number");
  if (c.radius_m && (*c.radius_m < 0 || *c.radius_m > kReportRadiusMax_m))
    return no("invalid", "0 to 1,000,000 m", "radius_m");
  return {};
}

void tell_desks_of_report(Decider& d, IncidentId id) {
  tasks::TaskOpened task;
  task.kind = tasks::TaskKind::app_report;
  task.station = d.state.incidents.find(id)->station;
  task.incident = id;
  open_task(d, std::move(task));
}

}  // namespace

std::string client_key_of(std::string token) {
  std::ranges::replace(token, '-', '+');
  std::ranges::replace(token, '_', '/');
  while (token.size() % 4 != 0) token += '=';
  return "whsec_" + token;
}

Verdict add_client(Decider& d, const AddClient& c, const std::string& token) {
  if (const auto wrong = clients::name_objection(c.name)) return no("invalid", *wrong, "name");
  if (find_client(d.state, c.name)) return no("exists", "there is a client of this name", "name");
  if (d.state.clients && d.state.clients->clients.size() >= kClientsMax) return no("too_many", "at most 1000", "name");
  if (auto wrong = client_objection(d.state, c.station, c.scopes, c.topics, c.url)) return wrong;
  const bool waits = waits_for_second(d);
  if (waits)
    if (auto alone = nobody_else(d, {}, c.station)) return alone;
  const ClientId id{d.state.clients ? d.state.clients->next : 1};
  d.emit(clients::ClientAdded{id, c.name, c.station, c.scopes, c.topics, c.url, d.actor.person});
  d.emit(clients::ClientKeyMade{id, personal(id, client_key_of(token)), d.actor.person});
  if (waits) return client_waits(d, id, c.station);
  client_enabled(d, id);
  return {};
}

Verdict change_client(Decider& d, const ChangeClient& c) {
  const auto* found = find_client(d.state, c.client);
  if (!found) return no("unknown", "no such client", "client");
  if (auto wrong = client_objection(d.state, c.station, c.scopes, c.topics, c.url)) return wrong;
  const bool more = c.url != found->url || !access::reaches(d.state, *found, c.station) ||
                    !std::ranges::includes(found->scopes, c.scopes) || !std::ranges::includes(found->topics, c.topics);
  const bool waits = more && !found->disabled && waits_for_second(d);
  if (waits)
    if (auto alone = nobody_else(d, {}, c.station)) return alone;
  if (more) withdraw_approvals(d, c.client);
  d.emit(clients::ClientChanged{c.client, c.station, c.scopes, c.topics, c.url, d.actor.person});
  if (!waits) return {};
  d.emit(clients::ClientDisabled{c.client});
  return client_waits(d, c.client, c.station);
}

Verdict rotate_client_key(Decider& d, const RotateClientKey& c, const std::string& token) {
  const auto* found = find_client(d.state, c.client);
  if (!found) return no("unknown", "no such client", "client");
  if (found->disabled) return no("disabled", "enable the client first", "client");
  const auto station = found->station;
  const bool waits = waits_for_second(d);
  if (waits)
    if (auto alone = nobody_else(d, {}, station)) return alone;
  d.emit(clients::ClientKeyMade{c.client, personal(c.client, client_key_of(token)), d.actor.person});
  if (waits) return client_waits(d, c.client, station);
  client_enabled(d, c.client);
  return {};
}

Verdict disable_client(Decider& d, const DisableClient& c) {
  const auto* found = find_client(d.state, c.client);
  if (!found) return no("unknown", "no such client", "client");
  withdraw_approvals(d, c.client);
  if (!find_client(d.state, c.client)->disabled) d.emit(clients::ClientDisabled{c.client});
  return {};
}

Verdict enable_client(Decider& d, const EnableClient& c) {
  const auto* found = find_client(d.state, c.client);
  if (!found) return no("unknown", "no such client", "client");
  if (!found->disabled) return {};
  if (waits_for_second(d)) return client_waits(d, c.client, found->station);
  client_enabled(d, c.client);
  return {};
}

void client_enabled(Decider& d, ClientId id) {
  const auto& client = *find_client(d.state, id);
  clients::ClientEnabled enabled{id, {}};
  // There is none before of a new client, and what was disabled is not to work on by it.
  if (client.key_next && client.key.known() && !client.disabled)
    enabled.key_before_until = d.now + d.policy.key_overlap;
  d.emit(enabled);
}

Verdict replay_deliveries(Decider& d, const ReplayDeliveries& c) {
  const auto* found = find_client(d.state, c.client);
  if (!found) return no("unknown", "no such client", "client");
  if (found->disabled) return no("disabled", "enable the client first", "client");
  d.emit(clients::DeliveriesReplayed{c.client, d.actor.person});
  return {};
}

void client_asked(Decider& d, const ClientAsked& in) {
  if (find_client(d.state, in.client)) d.emit(clients::ClientHeard{in.client, in.served, in.refused, in.refusal});
}

void deliveries_stand(Decider& d, const DeliveriesStand& in) {
  const auto* found = find_client(d.state, in.client);
  if (!found || (in.dead.empty() && in.trouble == found->trouble)) return;
  d.emit(clients::DeliveriesReported{in.client, in.trouble, in.dead});
}

Verdict open_report(Decider& d, const OpenReport& c, const std::string& token, const std::string& token_hash) {
  const auto client = find_client(d.state, std::get<ApiClient>(d.asker).name)->id;
  if (auto wrong = report_objection(c)) return wrong;
  if (d.state.clients->report_of(client, c.key)) return {};  // said again
  const auto station = station_at(d.state, c.point);
  if (!station) return no("outside", "more than 370 km from any station: call 110", "point");
  if (!access::reaches(d.state, *find_client(d.state, client), *station))
    return no("not_allowed", "outside of this client's stations", "point");
  if (unattended_of(d.state, client) >= kReportsUnattendedMax)
    return no("too_many", "200 reports wait for a desk: call 110");
  incidents::IncidentOpened opened;
  const IncidentId id{d.state.next.incident};
  opened.incident = id;
  opened.station = *station;
  opened.number = {subject_of(id), c.number ? std::optional(canonical_number(*c.number)) : std::nullopt};
  opened.place = personal(id, incidents::Place{c.place.value_or(""), c.point, c.radius_m});
  opened.origin = incidents::Origin::app;
  d.emit(std::move(opened));
  d.emit(clients::ReportTaken{id, client, c.key});
  if (c.incident_type || c.notes || c.reporter) {
    incidents::IncidentEdited e;
    e.incident = id;
    e.incident_type = c.incident_type;
    if (c.incident_type) e.priority = incidents::usual_priority(*c.incident_type);
    if (c.notes) e.notes = personal(id, *c.notes);
    if (c.reporter) e.reporter = personal(id, *c.reporter);
    d.emit(e);
  }
  d.emit(incidents::TrackingOpened{id, token_hash, personal(id, token)});
  suggest_duplicates(d, id);
  tell_desks_of_report(d, id);
  return {};
}

}  // namespace sigap::core
