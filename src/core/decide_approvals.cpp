// Two persons: an administrator alone gives nobody the key to callers' data. What they ask for waits until another
// administrator who reaches the same station agrees. Taking a key away never waits. Sources: OWASP ASVS 4.0 3.7.1
// (the password again), NIST SP 800-53 AC-3(2) (dual authorization).
#include <algorithm>

#include "core/access/access.h"
#include "core/turn.h"

namespace sigap::core {
namespace {

using people::ApprovalEnd;
using people::ApprovalKind;

/// Each station asks for what is within its own reach.
bool same(const people::Approval& waiting, const people::ApprovalAsked& asked) {
  if (!waiting.erasure || !asked.erasure) return !waiting.erasure && !asked.erasure;
  return waiting.erasure->caller == asked.erasure->caller && waiting.station == asked.station;
}

constexpr std::size_t kWaitMax = 10'000;  // approvals of the nation: two of each of 5,000 people; own

}  // namespace

void proof_given(Turn& t, const ProofGiven& in) {
  const auto* session = t.state.people.session(in.session);
  if (!session) return;
  if (in.right) return t.emit(people::SessionProved{in.session, session->person});
  t.emit(people::ProofRefused{in.session, session->person});
  if (t.state.people.session(in.session)->wrong_proofs >= t.policy.proofs_tried)
    end_session(t, in.session, people::SessionEnd::guessed);
}

bool waits_for_second(const Turn& t) {
  return t.policy.second_person && t.actor.session;
}

Verdict nobody_else(const Turn& t, PersonId person, const StationCode& station) {
  const auto reaches = [&](const people::Person& other, const StationCode& code) {
    return access::relation_to_station(t.state, other, code) != access::Relation::outside;
  };
  const auto* record = t.state.people.person(person);
  for (const auto& [id, other] : t.state.people.people) {
    const bool may = other.role == people::Role::administrator && !other.disabled && id != t.actor.person &&
                     id != person && reaches(other, station) && (!record || reaches(other, record->station));
    if (may) return {};
  }
  return no("no_second_person",
            "there is no other administrator who could agree: add one on the server (sigap user add)");
}

Verdict ask_second(Turn& t, people::ApprovalAsked asked) {
  if (auto alone = nobody_else(t, asked.person, asked.station)) return alone;
  if (t.state.people.approvals.size() >= kWaitMax) return no("busy", "too much waits for a second person");
  std::vector<ApprovalId> before;
  for (const auto& [id, waiting] : t.state.people.approvals)
    if (waiting.person == asked.person && waiting.kind == asked.kind && same(waiting, asked)) before.push_back(id);
  for (const auto id : before) end_approval(t, id, ApprovalEnd::withdrawn);
  asked.approval = {t.state.next.approval};
  asked.asked_by = t.actor.person;
  asked.expires = t.now + t.policy.approval_lasts;
  t.emit(std::move(asked));
  return {};
}

void end_approval(Turn& t, ApprovalId approval, ApprovalEnd how) {
  t.emit(people::ApprovalEnded{approval, t.state.people.approval(approval)->person, how});
}

void end_approvals_of(Turn& t, PersonId asker) {
  std::vector<ApprovalId> theirs;
  for (const auto& [id, waiting] : t.state.people.approvals)
    if (waiting.asked_by == asker) theirs.push_back(id);
  for (const auto id : theirs) end_approval(t, id, ApprovalEnd::withdrawn);
}

Verdict agree(Turn& t, const Agree& c) {
  const auto* found = t.state.people.approval(c.approval);
  if (!found) return no("unknown", "it waits no more", "approval");
  if (found->asked_by == t.actor.person) return no("not_allowed", "somebody else has to agree", "approval");
  if (found->person == t.actor.person) return no("not_allowed", "it concerns yourself", "approval");
  const auto wanted = *found;
  end_approval(t, c.approval, ApprovalEnd::agreed);
  switch (wanted.kind) {
    case ApprovalKind::addition:
    case ApprovalKind::enabling:
      if (t.state.people.person(wanted.person)->disabled) t.emit(people::PersonEnabled{wanted.person});
      // A new person's day begins now.
      if (const auto& p = *t.state.people.person(wanted.person);
          p.temporary_until && wanted.kind == ApprovalKind::addition)
        record_password(t, p.id, p.password_hash, t.now + t.policy.temporary_lasts);
      break;
    case ApprovalKind::change:
      record_change(t, {wanted.person, wanted.name, wanted.role, wanted.station, wanted.call_sign});
      break;
    case ApprovalKind::password:
      record_password(t, wanted.person, wanted.password_hash, t.now + t.policy.temporary_lasts);
      break;
    case ApprovalKind::erasure:
      if (wanted.erasure) erase(t, *wanted.erasure, wanted.asked_by);
      break;
  }
  return {};
}

Verdict refuse_approval(Turn& t, const Refuse& c) {
  const auto* found = t.state.people.approval(c.approval);
  if (!found) return no("unknown", "it waits no more", "approval");
  end_approval(t, c.approval, found->asked_by == t.actor.person ? ApprovalEnd::withdrawn : ApprovalEnd::refused);
  return {};
}

}  // namespace sigap::core
