// Supervisors who listen to calls, and whisper to their operators.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

/// `fresh` names the legs of the way to the operator.
Verdict listen_in(Decider& d, const ListenIn& c, const std::string& fresh);
Verdict stop_listening(Decider& d, const StopListening& c);
Verdict whisper(Decider& d, const Whisper& c);
/// Whether this was about a listener's way; a broken one ends the listening, and the call goes on.
bool listening_reported(Decider& d, const BridgeReported& in);
/// At the end of each decision: ends what has nothing to listen to any more, or nobody who does.
void look_after_listeners(Decider& d);

}  // namespace sigap::core
