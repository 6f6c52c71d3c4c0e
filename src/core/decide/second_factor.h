// Second factors: set up, given at a sign-in, given back; devices, and sign-ins that somebody else ends.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

/// Of a sign-in whose password (or passkey) is right: refused without the second factor that the person has, with one
/// that was used before, and with a passkey of which there are two.
Verdict factor_given(Decider& d, const SignIn& in);
/// A second factor has to be set up before anything else.
bool owes_factor(const Decider& d, const people::Person& person);
Verdict set_totp(Decider& d, const std::optional<FactorMade>& made);
Verdict remove_totp(Decider& d);
Verdict make_recovery_codes(Decider& d, const std::optional<FactorMade>& made);
Verdict add_passkey(Decider& d, const AddPasskey& c, const std::optional<FactorMade>& made);
Verdict remove_passkey(Decider& d, const RemovePasskey& c);
/// The account is given back to its person: what they have lost opens nothing any more.
void remove_factors(Decider& d, PersonId person);
Verdict know_devices(Decider& d);
Verdict end_session_of(Decider& d, const EndSession& c);

}  // namespace sigap::core
