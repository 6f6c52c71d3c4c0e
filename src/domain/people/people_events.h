// What happened to people, sessions and operators.
#pragma once
#include "domain/people/person.h"

namespace sigap::people {

struct PersonAdded {
  PersonId person;
  std::string login;
  Personal<std::string> name;
  Role role = Role::operator_;
  StationCode station;
  std::string call_sign;
  Personal<std::string> password_hash;
  std::optional<Instant> temporary_until = {};  ///< as in Person
};

struct PersonChanged {
  PersonId person;
  Personal<std::string> name;
  Role role = Role::operator_;
  StationCode station;
  std::string call_sign;
};

struct PasswordChanged {
  PersonId person;
  Personal<std::string> password_hash;
  std::optional<Instant> temporary_until = {};  ///< none: the person chose it
};

struct PersonDisabled {
  PersonId person;
};

struct PersonEnabled {
  PersonId person;
};

struct SessionOpened {
  SessionId session;
  PersonId person;
  std::string token_hash;
  Instant expires;
  std::optional<Personal<std::string>> from = {};  ///< the address, when they had not signed in from there before
};

struct SessionEnded {
  SessionId session;
  PersonId person;
  SessionEnd how = SessionEnd::signed_out;
};

/// The browser of a session is attached (again).
struct BrowserConnected {
  SessionId session;
  PersonId person;
};

/// The browser of a session went silent or away.
struct BrowserLost {
  SessionId session;
  PersonId person;
};

/// A browser stayed away beyond the grace; nothing hung on it, and an operator was not ready anyway.
struct BrowserAbsent {
  SessionId session;
  PersonId person;
};

/// The person of a session gave the password again, or a wrong one.
struct SessionProved {
  SessionId session;
  PersonId person;
};
struct ProofRefused {
  SessionId session;
  PersonId person;
};

/// As in Approval.
struct ApprovalAsked {
  ApprovalId approval;
  ApprovalKind kind = ApprovalKind::addition;
  PersonId person;
  PersonId asked_by;
  Instant expires;
  Personal<std::string> name;
  Role role = Role::operator_;
  StationCode station;
  std::string call_sign;
  Personal<std::string> password_hash;
  std::optional<Erasure> erasure = {};
};

struct ApprovalEnded {
  ApprovalId approval;
  PersonId person;
  ApprovalEnd how = ApprovalEnd::agreed;
};

struct HeadsetPassed {
  SessionId session;
  PersonId person;
};

struct OperatorReady {
  PersonId person;
};

struct OperatorNotReady {
  PersonId person;
  NotReadyReason reason = NotReadyReason::pause;
  /// Lost, or without a headset: whether they were ready, and are again when that is over. Absent in older journals.
  std::optional<bool> was_ready = {};
};

/// Wrong password, unknown login or disabled person; person is 0 when nobody has that login. The first from an address
/// is written at once, what follows within the minute as one sum: a guesser must not fill the journal. Older journals
/// say of each only whose it was.
struct SignInRefused {
  PersonId person;
  std::optional<SignInRefusalId> refusal = {};
  std::optional<std::int64_t> times = {};
  std::optional<Personal<std::string>> from = {};  ///< the address; none: from several
};

/// Someone asked for what their role or station does not allow.
struct CommandRefused {
  SessionId session;
  PersonId person;
  std::string command;
  std::string code;
};

}  // namespace sigap::people
