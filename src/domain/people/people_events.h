// What happened to people, sessions and operators.
#pragma once
#include "domain/people/person.h"

namespace sigap::people {

/// A person works here from now on.
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

/// This is the person's record from now on.
struct PersonChanged {
  PersonId person;
  Personal<std::string> name;
  Role role = Role::operator_;
  StationCode station;
  std::string call_sign;
};

/// The person has another password.
struct PasswordChanged {
  PersonId person;
  Personal<std::string> password_hash;
  std::optional<Instant> temporary_until = {};  ///< none: the person chose the password
};

/// The person may not sign in any more.
struct PersonDisabled {
  PersonId person;
};

/// A disabled person may sign in again.
struct PersonEnabled {
  PersonId person;
};

/// A person signed in.
struct SessionOpened {
  SessionId session;
  PersonId person;
  std::string token_hash;
  Instant expires;
  std::optional<Personal<std::string>> from = {};  ///< the address, when they had not signed in from there before
  std::optional<std::string> device = {};          ///< as in Session
  std::optional<Personal<std::string>> device_kind = {};
  std::optional<bool> new_device = {};  ///< they had signed in before, and never on this one
  std::optional<bool> owes_factor = {};
};

/// A sign-in is over.
struct SessionEnded {
  SessionId session;
  PersonId person;
  SessionEnd how = SessionEnd::signed_out;
};

/// The browser of a session is connected, for the first time or again.
struct BrowserConnected {
  SessionId session;
  PersonId person;
};

/// The browser of a session is silent or gone.
struct BrowserLost {
  SessionId session;
  PersonId person;
};

/// A browser stayed away for longer than the grace. No call or offer depended on it, and its operator was not ready
/// anyway.
struct BrowserAbsent {
  SessionId session;
  PersonId person;
};

/// The person of a session gave their password again.
struct SessionProved {
  SessionId session;
  PersonId person;
};
/// The person of a session gave a wrong password as proof.
struct ProofRefused {
  SessionId session;
  PersonId person;
};

/// An administrator asked for something to which another has to agree. The fields are those of Approval.
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
  std::optional<ClientId> client = {};
  std::optional<Lifting> lifting = {};
};

/// What was asked for waits no more: it was agreed to, refused, withdrawn, or it lapsed.
struct ApprovalEnded {
  ApprovalId approval;
  PersonId person;
  ApprovalEnd how = ApprovalEnd::agreed;
};

/// The operator passed the headset test of this sign-in.
struct HeadsetPassed {
  SessionId session;
  PersonId person;
};

/// The operator takes calls.
struct OperatorReady {
  PersonId person;
};

/// The operator takes no calls, for this reason.
struct OperatorNotReady {
  PersonId person;
  NotReadyReason reason = NotReadyReason::pause;
  /// Of somebody lost or without a headset: whether they were ready, and so are again when that is over. Absent in
  /// older journals.
  std::optional<bool> was_ready = {};
};

/// A sign-in was refused: wrong password, unknown login or disabled person. The person is 0 when nobody has that login.
/// The first from an address is written at once; those that follow within the minute are one sum, because a guesser
/// must not fill the journal. Older journals say of each only whose it was.
struct SignInRefused {
  PersonId person;
  std::optional<SignInRefusalId> refusal = {};
  std::optional<std::int64_t> times = {};
  std::optional<Personal<std::string>> from = {};  ///< the address; none: there were several
};

/// The person's telephone shows codes from now on, by this secret. The first of them was right.
struct TotpSet {
  PersonId person;
  Personal<std::string> secret;
  std::int64_t step = 0;  ///< of that code
};
/// The person's telephone shows codes no more.
struct TotpRemoved {
  PersonId person;
};
/// These are the person's recovery codes; those of before are void.
struct RecoveryCodesMade {
  PersonId person;
  std::string salt;
  std::vector<std::string> hashes;
};
/// The person has another passkey. The fields are those of Passkey.
struct PasskeyAdded {
  PersonId person;
  std::string credential;
  std::string public_key;
  std::int64_t algorithm = 0;
  std::int64_t counter = 0;
  Personal<std::string> name;
};
/// A passkey of the person opens nothing any more.
struct PasskeyRemoved {
  PersonId person;
  std::string credential;
};
/// A passkey signed, rightly, with a counter that is not above the last one: there are two of it. It is refused from
/// now on.
struct PasskeyCloned {
  PersonId person;
  std::string credential;
  std::int64_t counter = 0;
};
/// The person proved by this who they are, and signs in.
struct SecondFactorUsed {
  PersonId person;
  FactorKind kind = FactorKind::totp;
  std::optional<std::int64_t> step = {};       ///< of a code
  std::optional<std::string> recovery = {};    ///< the hash of a recovery code, which is used up
  std::optional<std::string> credential = {};  ///< of a passkey
  std::optional<std::int64_t> counter = {};    ///< of its signature
};
/// The person's codes, recovery codes and passkeys are void: the account was given back to them with a temporary
/// password.
struct SecondFactorsRemoved {
  PersonId person;
};
/// The person knows of the new devices that they signed in on, but the one where they said so.
struct DevicesKnown {
  SessionId session;
  PersonId person;
};

/// Somebody asked for something that their role or reach does not allow.
struct CommandRefused {
  SessionId session;
  PersonId person;
  std::string command;
  std::string code;
};

}  // namespace sigap::people
