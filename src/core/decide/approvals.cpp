// Two persons: an administrator alone gives nobody the key to callers' data. What they ask for waits until another
// administrator who reaches the same station agrees. Taking a key away never waits. Sources: OWASP ASVS 4.0 3.7.1
// (the password again), NIST SP 800-53 AC-3(2) (dual authorization).
#include "core/decide/approvals.h"

#include <algorithm>

#include "core/access/access.h"
#include "core/decide/clients.h"
#include "core/decide/evidence.h"
#include "core/decide/people.h"
#include "core/decide/privacy.h"

namespace sigap::core {
namespace {

using people::ApprovalEnd;
using people::ApprovalKind;

/// Each station asks for what is within its own reach.
bool same(const people::Approval& waiting, const people::ApprovalAsked& asked) {
  if (waiting.lifting && asked.lifting) return waiting.lifting->call == asked.lifting->call;
  if (waiting.client != asked.client) return false;
  if (!waiting.erasure || !asked.erasure) return !waiting.erasure && !asked.erasure;
  return waiting.erasure->caller == asked.erasure->caller && waiting.station == asked.station;
}

constexpr std::size_t kWaitMax = 10'000;  // approvals of the nation: two of each of 5,000 people; own

}  // namespace

void proof_given(Decider& d, const ProofGiven& in) {
  const auto* session = d.state.people.session(in.session);
  if (!session) return;
  if (in.right) return d.emit(people::SessionProved{in.session, session->person});
  d.emit(people::ProofRefused{in.session, session->person});
  if (d.state.people.session(in.session)->wrong_proofs >= d.policy.proofs_tried)
    end_session(d, in.session, people::SessionEnd::guessed);
}

bool waits_for_second(const Decider& d) {
  return d.policy.second_person && !std::holds_alternative<CommandLine>(d.asker);
}

Verdict nobody_else(const Decider& d, PersonId person, const StationCode& station) {
  const auto reaches = [&](const people::Person& other, const StationCode& code) {
    return access::relation_to_station(d.state, other, code) != access::Relation::outside;
  };
  const auto* record = d.state.people.person(person);
  for (const auto& [id, other] : d.state.people.people) {
    const bool may = other.role == people::Role::administrator && !other.disabled && id != d.actor.person &&
                     id != person && reaches(other, station) && (!record || reaches(other, record->station));
    if (may) return {};
  }
  return no("no_second_person",
            "there is no other administrator who could agree: add one on the server (sigap user add)");
}

Verdict ask_second(Decider& d, people::ApprovalAsked asked) {
  if (auto alone = nobody_else(d, asked.person, asked.station)) return alone;
  if (d.state.people.approvals.size() >= kWaitMax) return no("busy", "too much waits for a second person");
  std::vector<ApprovalId> before;
  for (const auto& [id, waiting] : d.state.people.approvals)
    if (waiting.person == asked.person && waiting.kind == asked.kind && same(waiting, asked)) before.push_back(id);
  for (const auto id : before) end_approval(d, id, ApprovalEnd::withdrawn);
  asked.approval = {d.state.next.approval};
  asked.asked_by = d.actor.person;
  asked.expires = d.now + d.policy.approval_lasts;
  d.emit(std::move(asked));
  return {};
}

void end_approval(Decider& d, ApprovalId approval, ApprovalEnd how) {
  d.emit(people::ApprovalEnded{approval, d.state.people.approval(approval)->person, how});
}

void end_approvals_of(Decider& d, PersonId asker) {
  std::vector<ApprovalId> theirs;
  for (const auto& [id, waiting] : d.state.people.approvals)
    if (waiting.asked_by == asker) theirs.push_back(id);
  for (const auto id : theirs) end_approval(d, id, ApprovalEnd::withdrawn);
}

Verdict agree(Decider& d, const Agree& c) {
  const auto* found = d.state.people.approval(c.approval);
  if (!found) return no("unknown", "it waits no more", "approval");
  if (found->asked_by == d.actor.person) return no("not_allowed", "somebody else has to agree", "approval");
  if (found->person == d.actor.person) return no("not_allowed", "it concerns yourself", "approval");
  const auto wanted = *found;
  end_approval(d, c.approval, ApprovalEnd::agreed);
  switch (wanted.kind) {
    case ApprovalKind::addition:
    case ApprovalKind::enabling:
      if (d.state.people.person(wanted.person)->disabled) d.emit(people::PersonEnabled{wanted.person});
      // A new person's day begins now.
      if (const auto& p = *d.state.people.person(wanted.person);
          p.temporary_until && wanted.kind == ApprovalKind::addition)
        record_password(d, p.id, p.password_hash, d.now + d.policy.temporary_lasts);
      break;
    case ApprovalKind::change:
      record_change(d, {wanted.person, wanted.name, wanted.role, wanted.station, wanted.call_sign});
      break;
    case ApprovalKind::password:
      record_password(d, wanted.person, wanted.password_hash, d.now + d.policy.temporary_lasts);
      break;
    case ApprovalKind::erasure:
      if (wanted.erasure) erase(d, *wanted.erasure, wanted.asked_by);
      break;
    case ApprovalKind::lifting:
      if (wanted.lifting) lift(d, *wanted.lifting, wanted.asked_by);
      break;
    case ApprovalKind::client:
      if (wanted.client) client_enabled(d, *wanted.client);
      break;
  }
  return {};
}

Verdict refuse_approval(Decider& d, const Refuse& c) {
  const auto* found = d.state.people.approval(c.approval);
  if (!found) return no("unknown", "it waits no more", "approval");
  end_approval(d, c.approval, found->asked_by == d.actor.person ? ApprovalEnd::withdrawn : ApprovalEnd::refused);
  return {};
}

}  // namespace sigap::core
