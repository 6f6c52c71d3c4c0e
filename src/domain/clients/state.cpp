#include "domain/clients/state.h"

#include <algorithm>

namespace sigap::clients {
namespace {

constexpr std::size_t kNameMin = 2, kNameMax = 32;  // as a login of a person
constexpr std::size_t kUrlMax_bytes = 300;          // own

}  // namespace

std::optional<std::string> name_objection(const std::string& name) {
  const bool right = name.size() >= kNameMin && name.size() <= kNameMax &&
                     name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string::npos;
  return right ? std::nullopt : std::optional<std::string>("2 to 32 of a-z 0-9 . _ -");
}

std::optional<std::string> url_objection(const std::string& url) {
  if (url.empty()) return std::nullopt;
  if (url.size() > kUrlMax_bytes) return "at most 300 bytes";
  if (!url.starts_with("https://") && !url.starts_with("http://")) return "https://HOST/PATH";
  if (std::ranges::any_of(url, [](unsigned char c) { return c <= ' ' || c >= 0x7f; })) return "printable ASCII alone";
  if (url.find_first_of("@#") != std::string::npos) return "without a user, a password or a fragment";
  return std::nullopt;
}

void State::apply(const ClientAdded& e) {
  Client c;
  c.id = e.client;
  c.name = e.name;
  c.station = e.station;
  c.scopes = e.scopes;
  c.topics = e.topics;
  c.url = e.url;
  c.key.subject = subject_of(e.client);
  clients[e.client] = std::move(c);
  by_name[e.name] = e.client;
  next = e.client.value + 1;
}

void State::apply(const ClientChanged& e) {
  Client& c = clients.at(e.client);
  c.station = e.station;
  c.scopes = e.scopes;
  c.topics = e.topics;
  c.url = e.url;
}

void State::apply(const ClientKeyMade& e) {
  clients.at(e.client).key_next = e.key;
}

void State::apply(const ClientEnabled& e) {
  Client& c = clients.at(e.client);
  c.disabled = false;
  if (!c.key_next) return;
  c.key_before.reset();
  if (e.key_before_until) {
    c.key_before = c.key;
    c.key_before_until = *e.key_before_until;
  }
  c.key = *c.key_next;
  c.key_next.reset();
}

void State::apply(const ClientDisabled& e) {
  Client& c = clients.at(e.client);
  c.disabled = true;
  c.key_before.reset();
}

void State::apply(const ClientHeard& e, Instant at) {
  Client& c = clients.at(e.client);
  if (e.served > 0) c.used = at;
  if (e.refused == 0) return;
  c.refused = at;
  c.refusal = e.refusal;
}

void State::apply(const DeliveriesReported& e, Instant at) {
  Client& c = clients.at(e.client);
  c.trouble = e.trouble;
  if (e.trouble.empty())
    c.unreached.reset();
  else if (!c.unreached)
    c.unreached = at;
  c.dead.insert(c.dead.end(), e.dead.begin(), e.dead.end());
  if (c.dead.size() > kDeadMost) c.dead.erase(c.dead.begin(), c.dead.end() - kDeadMost);
}

void State::apply(const DeliveriesReplayed& e) {
  clients.at(e.client).dead.clear();
}

void State::apply(const ReportTaken& e) {
  reports[e.incident] = {e.client, e.key};
  by_key[{e.client, e.key}] = e.incident;
}

void State::forget(IncidentId report) {
  const auto it = reports.find(report);
  if (it == reports.end()) return;
  by_key.erase({it->second.client, it->second.key});
  reports.erase(report);
}

const Client* State::find(ClientId id) const {
  const auto it = clients.find(id);
  return it == clients.end() ? nullptr : &it->second;
}

const Client* State::find(const std::string& name) const {
  const auto it = by_name.find(name);
  return it == by_name.end() ? nullptr : find(it->second);
}

std::optional<IncidentId> State::report_of(ClientId client, const std::string& key) const {
  const auto it = by_key.find({client, key});
  return it == by_key.end() ? std::nullopt : std::optional(it->second);
}

}  // namespace sigap::clients
