// Programs of somebody else's: who administers them, what becomes of what they are told, and what they report.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

/// `token`: 32 random bytes, base64url.
Verdict add_client(Decider& d, const AddClient& c, const std::string& token);
Verdict change_client(Decider& d, const ChangeClient& c);
Verdict rotate_client_key(Decider& d, const RotateClientKey& c, const std::string& token);
Verdict disable_client(Decider& d, const DisableClient& c);
Verdict enable_client(Decider& d, const EnableClient& c);
Verdict replay_deliveries(Decider& d, const ReplayDeliveries& c);
Verdict open_report(Decider& d, const OpenReport& c, const std::string& token, const std::string& token_hash);
void client_asked(Decider& d, const ClientAsked& in);
void deliveries_stand(Decider& d, const DeliveriesStand& in);
/// Whoever had to agree did.
void client_enabled(Decider& d, ClientId id);
/// As it is shown: of 32 random bytes as base64url, in the form of Standard Webhooks.
std::string client_key_of(std::string token);

}  // namespace sigap::core
