// The live people: records, sessions and what each signed-in operator is doing.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "base/id_map.h"
#include "domain/people/people_events.h"

namespace sigap::people {

struct State {
  IdMap<PersonId, Person> people;
  IdMap<SessionId, Session> sessions;
  IdMap<PersonId, Operator> operators;  ///< those signed in who may take calls
  std::map<std::string, PersonId> person_of_login;
  IdMap<PersonId, SessionId> session_of_person;
  IdMap<ApprovalId, Approval> approvals;
  IdMap<SignInRefusalId, RefusedSignIn> refused_sign_ins;  ///< the last kRefusedSignInsMost

  void apply(const PersonAdded& e);
  void apply(const PersonChanged& e);
  void apply(const PasswordChanged& e);
  void apply(const PersonDisabled& e);
  void apply(const PersonEnabled& e);
  void apply(const SessionOpened& e, Instant at);
  void apply(const SessionEnded& e, Instant at);
  void apply(const BrowserConnected& e, Instant at);
  void apply(const BrowserLost& e, Instant at);
  void apply(const BrowserAbsent& e, Instant at);
  void apply(const SessionProved& e, Instant at);
  void apply(const ProofRefused& e);
  void apply(const ApprovalAsked& e, Instant at);
  void apply(const ApprovalEnded& e);
  void apply(const SignInRefused& e, Instant at);
  void apply(const TotpSet& e, Instant at);
  void apply(const TotpRemoved& e);
  void apply(const RecoveryCodesMade& e);
  void apply(const PasskeyAdded& e, Instant at);
  void apply(const PasskeyRemoved& e);
  void apply(const PasskeyCloned& e, Instant at);
  void apply(const SecondFactorUsed& e, Instant at);
  void apply(const SecondFactorsRemoved& e);
  void apply(const DevicesKnown& e);
  void apply(const HeadsetPassed& e);
  void apply(const OperatorReady& e, Instant at);
  void apply(const OperatorNotReady& e, Instant at);
  void offered(PersonId person, OfferId offer, Instant at);
  /// Back to what it was before the offer.
  void offer_over(PersonId person, Instant at);
  void talking(PersonId person, CallId call, Instant at);
  void wrap_up(PersonId person, Instant at);

  const Person* person(PersonId id) const;
  const Person* by_login(const std::string& login) const;
  /// Whose passkey it is.
  const Person* by_passkey(const std::string& credential) const;
  const Session* session(SessionId id) const;
  const Session* session_of(PersonId person) const;
  const Operator* operator_of(PersonId person) const;
  const Approval* approval(ApprovalId id) const;
  const RefusedSignIn* refused_sign_in(SignInRefusalId id) const;

 private:
  Keyring& keyring(PersonId person);
  void factor_set_up(PersonId person);
};

/// Operators and supervisors take calls.
bool takes_calls(Role role);

/// What is wrong with a login, or nothing.
std::optional<std::string> login_objection(const std::string& login);

}  // namespace sigap::people
