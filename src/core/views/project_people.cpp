// What administrators are shown of people: records, what waits for agreement, refused sign-ins.
#include "core/views/project.h"

namespace sigap::core::views {
namespace {

bool administers(const View& v, const StationCode& station) {
  return access::may_see(v.viewer.role, access::Field::person_record,
                         access::relation_to_station(v.state, v.viewer, station));
}

const people::Keyring kNoKeys;

std::string told(const Personal<std::string>& text) {
  const auto* value = text.reveal();
  return value ? *value : "";
}

}  // namespace

AccountCard account_card(const View& v, SessionId here) {
  const auto& ring = v.viewer.keyring ? *v.viewer.keyring : kNoKeys;
  AccountCard c;
  if (ring.totp) c.totp = ring.totp->since;
  if (ring.recovery) c.recovery_codes = static_cast<std::int64_t>(ring.recovery->hashes.size());
  for (const auto& key : ring.passkeys)
    c.passkeys.push_back({key.credential, told(key.name), key.since, key.used, key.cloned});
  const auto* session = v.state.people.session_of(v.viewer.id);
  if (session) {
    const auto kind = session->device_kind.value_or(Personal<std::string>{});
    const auto seen = session->connected ? std::nullopt : std::optional(session->connected_since);
    c.sign_ins.push_back({session->id, told(kind), session->opened, seen, session->id == here, session->connected, {}});
    c.owes_factor = session->owes_factor.value_or(false);
  }
  for (auto it = ring.past.rbegin(); it != ring.past.rend(); ++it)
    c.sign_ins.push_back({it->session, told(it->kind), it->opened, it->ended, false, false, it->how});
  const auto device = session && session->id == here ? session->device : std::nullopt;
  for (const auto& each : ring.devices)
    if (each.untold && each.hash != device) c.new_devices.push_back({told(each.kind), *each.untold});
  return c;
}

std::optional<PersonCard> person_card(const View& v, PersonId id) {
  const auto* person = v.state.people.person(id);
  if (!person || !administers(v, person->station)) return std::nullopt;
  return PersonCard{id,
                    person->login,
                    person->name.value,
                    person->role,
                    person->station,
                    person->call_sign,
                    person->disabled,
                    v.state.people.session_of(id) != nullptr,
                    person->has_second_factor()};
}

std::optional<ApprovalCard> card(const View& v, ApprovalId id) {
  const auto* found = v.state.people.approval(id);
  if (!found || access::objection(v.state, v.viewer, Refuse{id})) return std::nullopt;
  const auto* asker = v.state.people.person(found->asked_by);
  ApprovalCard c;
  c.approval = id;
  c.kind = found->kind;
  c.person = found->person;
  c.asked_by = asker ? asker->login : "";
  c.at = found->at;
  c.expires = found->expires;
  c.mine = found->asked_by == v.viewer.id || found->person == v.viewer.id;
  if (found->client) {
    c.station = found->station;
    if (const auto* client = find_client(v.state, *found->client)) c.client = client->name;
    return c;
  }
  if (found->erasure) {
    c.station = found->station;
    c.records = static_cast<std::int64_t>(found->erasure->records.size());
    c.reason = found->erasure->reason.value;
    return c;
  }
  if (found->lifting) {
    c.station = found->station;
    c.call = found->lifting->call;
    c.reason = found->lifting->reason.value;
    return c;
  }
  const auto& person = *v.state.people.person(found->person);
  c.login = person.login;
  const bool changes = found->kind == people::ApprovalKind::change;
  c.name = changes ? found->name.value : person.name.value;
  c.role = changes ? found->role : person.role;
  c.station = changes ? found->station : person.station;
  c.call_sign = changes ? found->call_sign : person.call_sign;
  return c;
}

std::optional<ClientCard> card(const View& v, ClientId id) {
  const auto* found = find_client(v.state, id);
  if (!found || !administers(v, found->station)) return std::nullopt;
  ClientCard c;
  c.client = id;
  c.name = found->name;
  c.station = found->station;
  c.scopes = found->scopes;
  c.topics = found->topics;
  c.url = found->url;
  c.disabled = found->disabled;
  c.waits = found->key_next.has_value();
  if (found->key_before) c.key_before_until = found->key_before_until;
  c.used = found->used;
  c.refused = found->refused;
  c.refusal = found->refusal;
  c.unreached = found->unreached;
  c.trouble = found->trouble;
  c.dead = found->dead;
  return c;
}

std::optional<RefusedSignInCard> card(const View& v, SignInRefusalId id) {
  const auto* found = v.state.people.refused_sign_in(id);
  if (!found) return std::nullopt;
  const auto* person = v.state.people.person(found->person);
  if (!administers(v, person ? person->station : v.state.stations.headquarters())) return std::nullopt;
  RefusedSignInCard c{id, found->at, {}, person ? person->login : "", found->times, {}};
  if (person) c.person = person->id;
  if (found->from) c.from = found->from->value;
  return c;
}

}  // namespace sigap::core::views
