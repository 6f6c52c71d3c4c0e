#include "runtime/clients/client_door.h"

#include <algorithm>
#include <charconv>

#include "base/hash.h"
#include "base/rfc3339.h"
#include "core/views/project.h"
#include "runtime/clients/client_words.h"
#include "webhooks/signature.h"

namespace sigap::runtime {
namespace {

constexpr std::size_t kIdMax_bytes = 64;  // a UUID, or a hash; own
constexpr std::string_view kAlerts = "/api/v1/alerts/", kReports = "/api/v1/reports", kSelf = "/api/v1/self";

bool right_id(const std::string& id) {
  return !id.empty() && id.size() <= kIdMax_bytes &&
         std::ranges::all_of(id, [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_' || c == '.'; });
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value <= 0) return std::nullopt;
  return value;
}

/// "17/acknowledge" -> 17, "acknowledge".
std::pair<std::optional<std::int64_t>, std::string> parts(std::string_view rest) {
  const auto slash = rest.find('/');
  return {number_in(rest.substr(0, slash)),
          slash == std::string_view::npos ? std::string() : std::string(rest.substr(slash + 1))};
}

ports::ClientAnswer over() {
  return refused(410, "gone", "this alert is over: another unit was asked, or the incident is closed");
}

}  // namespace

ClientDoor::ClientDoor(CoreThread& core, ports::Entropy& entropy, std::string public_url, Clock clock)
    : core_(core), entropy_(entropy), public_url_(std::move(public_url)), clock_(std::move(clock)) {}

// ---- who there is

void ClientDoor::note(const clients::Client& client) {
  const std::lock_guard lock(mutex_);
  auto& known = known_[client.name];
  known.id = client.id;
  known.disabled = client.disabled;
  known.key = client.key.value.value_or("");
  known.key_before = client.key_before ? client.key_before->value.value_or("") : "";
  known.key_before_until = client.key_before_until;
}

void ClientDoor::recovered() {
  if (const auto& clients = core_.engine().state().clients)
    for (const auto& [id, client] : clients->clients) note(client);
}

void ClientDoor::happened(const std::vector<core::Event>& events) {
  const auto changed = [this](ClientId id) {
    if (const auto* client = core::find_client(core_.engine().state(), id)) note(*client);
  };
  for (const auto& event : events) {
    if (const auto* added = std::get_if<clients::ClientAdded>(&event.body)) changed(added->client);
    if (const auto* enabled = std::get_if<clients::ClientEnabled>(&event.body)) changed(enabled->client);
    if (const auto* disabled = std::get_if<clients::ClientDisabled>(&event.body)) changed(disabled->client);
  }
}

void ClientDoor::tick(Instant now) {
  if (now - told_ < kToldEvery) return;
  told_ = now;
  std::vector<core::ClientAsked> sums;
  {
    const std::lock_guard lock(mutex_);
    for (auto& [name, known] : known_) {
      if (known.served + known.refused > 0) sums.push_back({known.id, known.served, known.refused, known.refusal});
      known.served = known.refused = 0;
      known.refusal.clear();
      forget_old(known, clock_());
    }
  }
  for (auto& sum : sums) core_.submit(std::move(sum));
}

// ---- who comes

std::optional<ports::ClientAnswer> ClientDoor::let_in(const ports::ClientRequest& asked, Known& known, Instant now) {
  const auto at = number_in(asked.timestamp);
  if (!at) return refused(401, "signature", "webhook-timestamp: seconds since 1970");
  const auto content = webhooks::request_content(asked.method, asked.path, asked.body);
  const auto by = [&](const std::string& key) {
    return webhooks::signed_by(key, asked.id, *at, content, asked.signature);
  };
  if (!by(known.key) && !(now < known.key_before_until && by(known.key_before)))
    return refused(401, "signature", "not signed by a key of this client");
  if (known.disabled) return refused(403, "disabled", "this client is disabled");
  if (std::abs(now.ms / 1000 - *at) > webhooks::kTolerance_s)
    return refused(401, "late", "signed more than 300 s from now; it is " + write_rfc3339(now) + " here");
  const auto passed_s = static_cast<double>(std::max<std::int64_t>(now.ms - known.budget_at.ms, 0)) / 1000;
  known.budget = std::min<double>(kBurst, known.budget + passed_s * kPerSecond);
  known.budget_at = now;
  if (known.budget < 1) {
    auto answer = refused(429, "too_many", "at most 20 requests a second");
    answer.retry_after_s = 1;
    return answer;
  }
  known.budget -= 1;
  return std::nullopt;
}

void ClientDoor::forget_old(Known& known, Instant now) {
  constexpr Duration kBelieved = seconds(2 * webhooks::kTolerance_s);
  while (!known.order.empty() &&
         (known.order.size() > kRememberedMost || now - known.order.front().first > kBelieved)) {
    known.answered.erase(known.order.front().second);
    known.order.pop_front();
  }
}

std::optional<ports::ClientAnswer> ClientDoor::said_before(const ports::ClientRequest& asked, Known& known,
                                                           Instant now) {
  forget_old(known, now);
  auto said = sha256_hex(asked.method + ' ' + asked.path + '\n', asked.body);
  const auto it = known.answered.find(asked.id);
  if (it == known.answered.end()) {
    known.answered[asked.id] = {std::move(said), std::nullopt, now};
    known.order.emplace_back(now, asked.id);
    return std::nullopt;
  }
  if (it->second.said != said) return refused(409, "reused", "this webhook-id was used for something else");
  if (!it->second.answer) return refused(409, "in_progress", "this is being worked on: ask again");
  return it->second.answer;
}

void ClientDoor::ask(ports::ClientRequest asked, Done done) {
  const bool posts = asked.method == "POST";
  const bool alerts = asked.path.starts_with(kAlerts), report = asked.path.starts_with(std::string(kReports) + '/');
  const bool verb = alerts && asked.path.find('/', kAlerts.size()) != std::string::npos;
  if (!alerts && !report && asked.path != kReports && asked.path != kSelf)
    return done(refused(404, "not_found", "no such path"));
  if (posts != (verb || asked.path == kReports) || (!posts && asked.method != "GET"))
    return done(refused(405, "method", "not by this method"));
  if (!right_id(asked.id)) return done(refused(400, "invalid", "webhook-id: 1 to 64 of letters, digits, - _ ."));
  {
    const std::lock_guard lock(mutex_);
    const auto it = known_.find(asked.client);
    if (it == known_.end()) return done(refused(401, "signature", "not signed by a key of this client"));
    auto& known = it->second;
    const auto now = clock_();
    auto answer = let_in(asked, known, now);
    if (answer) {
      ++known.refused;
      known.refusal = answer->status == 401 ? "signature" : answer->status == 403 ? "disabled" : "too_many";
      return done(*answer);
    }
    ++known.served;
    if (posts)
      if (auto before = said_before(asked, known, now)) return done(*before);
  }
  const auto name = asked.client, id = asked.id;
  const auto tell = [this, name, id, posts, done](ports::ClientAnswer answer) {
    finish(name, id, posts, answer, done);
  };
  if (!core_.post([this, name, asked = std::move(asked), tell] { work(name, asked, tell); })) {
    auto busy = refused(503, "busy", "too much work: ask again");
    busy.retry_after_s = 1;
    tell(busy);
  }
}

/// What failed on our side is not what the client is told for ever.
void ClientDoor::finish(const std::string& client, const std::string& id, bool remember,
                        const ports::ClientAnswer& answer, const Done& done) {
  if (remember) {
    const std::lock_guard lock(mutex_);
    auto& answered = known_[client].answered;
    const auto it = answered.find(id);
    if (it != answered.end() && (answer.status >= 500 || answer.status == 429))
      answered.erase(it);
    else if (it != answered.end())
      it->second.answer = answer;
  }
  done(answer);
}

// ---- what they ask for

void ClientDoor::submit(const std::string& client, core::Command command, const CoreThread::Answer& answer) {
  const auto token = entropy_.token();
  core_.submit(core::CommandAsked{core::ApiClient{client}, std::move(command), token, sha256_hex(token)}, answer);
}

void ClientDoor::work(const std::string& name, const ports::ClientRequest& asked,
                      const std::function<void(ports::ClientAnswer)>& tell) {
  const auto& client = *core::find_client(core_.engine().state(), name);
  if (asked.path == kSelf) {
    std::string scopes;
    for (const auto scope : client.scopes) scopes += (scopes.empty() ? "" : ",") + quoted(label_of(scope));
    return tell({200, "{\"client\":" + quoted(client.name) + ",\"station\":" + quoted(client.station.value) +
                          ",\"scopes\":[" + scopes + "],\"now\":" + quoted(write_rfc3339(clock_())) + "}"});
  }
  if (asked.path == kReports) return open_report(name, asked.id, asked.body, tell);
  const bool of_alert = asked.path.starts_with(kAlerts);
  const auto [id, verb] = parts(std::string_view(asked.path).substr(of_alert ? kAlerts.size() : kReports.size() + 1));
  if (!id) return tell(refused(404, "not_found", "no such path"));
  if (!of_alert) {
    const auto& reports = core_.engine().state().clients->reports;
    const auto it = reports.find(IncidentId{*id});
    if (!verb.empty() || it == reports.end() || it->second.client != client.id)
      return tell(refused(404, "unknown", "no report of this client's, or closed more than a day ago"));
    return tell(report(client, {*id}, 200));
  }
  if (verb.empty()) return tell(alert(client, {*id}));
  answer_alert(name, {*id}, verb, asked.body, tell);
}

ports::ClientAnswer ClientDoor::alert(const clients::Client& client, AlertId id) const {
  const auto& s = core_.engine().state();
  if (!client.scopes.contains(clients::Scope::told) && !client.scopes.contains(clients::Scope::answers))
    return refused(403, "not_allowed", "this client has neither the scope \"told\" nor \"answers\"");
  if (id.value >= s.next.alert) return refused(404, "unknown", "there never was such an alert");
  const auto* found = s.dispatch.alert(id);
  if (!found) return over();
  const auto* unit = s.people.person(found->unit);
  if (!unit || !core::access::reaches(s, client, unit->station))
    return refused(403, "not_allowed", "outside of this client's stations");
  return {200, "{\"alert\":" + std::to_string(id.value) + ",\"incident\":" + std::to_string(found->incident.value) +
                   ",\"unit\":" + quoted(unit->call_sign) + ",\"status\":" + quoted(label_of(found->status)) +
                   ",\"until\":" + quoted(write_rfc3339(found->until)) + "}"};
}

void ClientDoor::answer_alert(const std::string& name, AlertId id, const std::string& verb, const std::string& body,
                              const std::function<void(ports::ClientAnswer)>& tell) {
  using dispatch::AlertStatus;
  const auto& s = core_.engine().state();
  if (id.value >= s.next.alert) return tell(refused(404, "unknown", "there never was such an alert"));
  auto status = AlertStatus::acknowledged;
  if (verb == "accept") status = AlertStatus::en_route;
  if (verb == "status") {
    const auto said = read_status(body);
    if (!said) return tell(refused(said.error()));
    status = *said;
  } else if (verb != "acknowledge" && verb != "accept" && verb != "decline") {
    return tell(refused(404, "not_found", "acknowledge, accept, decline or status"));
  }
  const auto incident = s.dispatch.alert(id) ? s.dispatch.alert(id)->incident : IncidentId{};
  const auto words = [id, incident](const std::string& stands, bool already) -> ports::ClientAnswer {
    return {200, "{\"alert\":" + std::to_string(id.value) + ",\"incident\":" + std::to_string(incident.value) +
                     ",\"status\":" + quoted(stands) + ",\"already\":" + (already ? "true" : "false") + "}"};
  };
  const auto answer = [this, id, status, verb, words, tell](const Reply& reply) {
    if (!reply.refusal) return tell(words(verb == "decline" ? "declined" : label_of(status), false));
    if (reply.refusal->code == "gone") return tell(over());
    const auto* now = core_.engine().state().dispatch.alert(id);
    // Somebody else said so before, or this client did: what was meant is so.
    const bool so = reply.refusal->code == "not_forward" && now && (verb != "status" || now->status == status);
    tell(so ? words(label_of(now->status), true) : refused(*reply.refusal));
  };
  if (verb == "decline") return submit(name, core::DeclineAlert{id}, answer);
  submit(name, core::AdvanceAlert{id, status}, answer);
}

void ClientDoor::open_report(const std::string& name, const std::string& id, const std::string& body,
                             const std::function<void(ports::ClientAnswer)>& tell) {
  auto wanted = read_report(body, id);
  if (!wanted) return tell(refused(wanted.error()));
  const auto before =
      core_.engine().state().clients->report_of(core::find_client(core_.engine().state(), name)->id, id);
  submit(name, std::move(*wanted), [this, name, id, before, tell](const Reply& reply) {
    if (reply.refusal) return tell(refused(*reply.refusal));
    const auto& s = core_.engine().state();
    const auto& client = *core::find_client(s, name);
    const auto opened = s.clients->report_of(client.id, id);
    if (!opened) return tell(refused(503, "busy", "ask again"));
    tell(report(client, *opened, before ? 200 : 201));
  });
}

ports::ClientAnswer ClientDoor::report(const clients::Client& client, IncidentId id, int status) const {
  const auto& s = core_.engine().state();
  if (!client.scopes.contains(clients::Scope::reports))
    return refused(403, "not_allowed", "this client has no scope \"reports\"");
  const auto* incident = s.incidents.find(id);
  const auto card = incident ? core::views::track_card(s, incident->tracking_hash) : std::nullopt;
  if (!card) return refused(404, "unknown", "no such report");
  std::string text = "{\"report\":" + std::to_string(id.value) + ",\"step\":" + quoted(label_of(card->step)) +
                     ",\"since\":" + quoted(write_rfc3339(card->since)) + ",\"station\":" + quoted(card->station_name);
  if (const auto* token = incident->tracking_token.reveal())
    text += ",\"tracking\":" + quoted(public_url_ + "/lacak#" + *token);
  if (card->answer) text += ",\"answer\":" + quoted(label_of(*card->answer));
  return {status, text + '}'};
}

}  // namespace sigap::runtime
