// Who works here: people, their roles, their sign-ins, and what an operator is doing at this moment.
// Invariants: logins are unique among all people ever added; a person has at most one live session; an operator is
// always in exactly one state, and every state has a way out and a time limit or a person's own decision.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/personal.h"
#include "base/records.h"
#include "base/time.h"
#include "domain/people/second_factor.h"

namespace sigap::people {

// Enumerations here are written to the journal: do not rename.
enum class Role { operator_, officer, supervisor, administrator };

/// An address from which somebody signed in.
struct SignInPlace {
  Personal<std::string> address;  ///< IPv4, or the /64 of an IPv6 one
  Instant since;
};

struct Person {
  PersonId id;
  std::string login;  ///< 2-32 of [a-z0-9._-]; a service name, not personal data
  Personal<std::string> name;
  Role role = Role::operator_;
  StationCode station;
  std::string call_sign;                ///< of an officer's unit, e.g. "SLM-07"; empty for others
  Personal<std::string> password_hash;  ///< Argon2id, encoded
  bool disabled = false;
  /// Somebody else set the password: until then it opens the door, and behind it there is nothing but choosing another.
  std::optional<Instant> temporary_until;
  std::vector<SignInPlace> known_from;  ///< at most kKnownFromMost, oldest first
  std::optional<Keyring> keyring;       ///< none: nothing of it was ever there

  /// A password alone does not open the door.
  bool has_second_factor() const { return keyring && keyring->second(); }
};

/// A desk, a reserve desk, a telephone's network and a way home: own.
inline constexpr std::size_t kKnownFromMost = 4;

/// Sign-ins of one person, or of logins that nobody has, that were refused from one address within a minute.
struct RefusedSignIn {
  SignInRefusalId id;
  Instant at;
  PersonId person;  ///< 0: nobody has that login
  std::int64_t times = 1;
  std::optional<Personal<std::string>> from;  ///< none: from several
};

/// Of the nation; the journal keeps all. What a person reads through. Own.
inline constexpr std::int64_t kRefusedSignInsMost = 200;

struct Session {
  SessionId id;
  PersonId person;
  std::string token_hash;  ///< SHA-256 of the cookie's secret, hex: the secret itself is stored nowhere
  Instant opened;
  Instant expires;
  bool headset_passed = false;
  bool connected = false;  ///< a live browser is attached; false after a start until it comes back
  Instant connected_since;
  std::optional<Instant> absent;                     ///< since when its browser is away beyond the grace
  Instant proved;                                    ///< when the person last gave the password
  std::int64_t wrong_proofs = 0;                     ///< since then
  std::optional<std::string> device;                 ///< Device::hash. Absent in older journals
  std::optional<Personal<std::string>> device_kind;  ///< Device::kind
  /// Until a second factor is set up there is nothing else behind the door.
  std::optional<bool> owes_factor;
};

enum class ApprovalKind { addition, change, password, enabling, erasure, client, lifting };
enum class ApprovalEnd { agreed, refused, withdrawn, expired };

/// What is to be forgotten of a caller, and why.
struct Erasure {
  CallerRef caller;
  Records records;
  Personal<std::string> reason;
};

/// Which legal hold is to end, and why.
struct Lifting {
  CallId call;
  Personal<std::string> reason;
};

/// What one administrator asked for and another has to agree to: it would give somebody the key to callers' data, or
/// take it away from everybody for ever.
struct Approval {
  ApprovalId id;
  ApprovalKind kind = ApprovalKind::addition;
  PersonId person;  ///< whom it concerns
  PersonId asked_by;
  Instant at;
  Instant expires;
  // Of a change: the record as it is to be.
  Personal<std::string> name;
  Role role = Role::operator_;
  StationCode station;
  std::string call_sign;
  Personal<std::string> password_hash;  ///< of a new password: Argon2id, encoded
  std::optional<Erasure> erasure = {};  ///< then it concerns no person here. Absent in older journals
  std::optional<ClientId> client = {};  ///< ... nor then
  std::optional<Lifting> lifting = {};  ///< ... nor then
};

enum class OperatorState { not_ready, ready, offered, talking, wrap_up };
enum class NotReadyReason { signed_in, pause, training, missed, lost, headset };

/// A signed-in operator (or a supervisor who takes calls).
struct Operator {
  PersonId person;
  SessionId session;
  OperatorState state = OperatorState::not_ready;
  NotReadyReason reason = NotReadyReason::signed_in;
  bool returns = false;  ///< not ready because browser or headset failed: ready again when that is over
  Instant since;         ///< of this state
  Instant idle_since;    ///< longest idle is offered first; kept over a missed offer of another call
  OfferId offer;         ///< while offered
  CallId call;           ///< while talking or in wrap-up
};

}  // namespace sigap::people
