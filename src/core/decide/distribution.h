// Which operator a waiting call is offered to, and what becomes of an offer (D1 to D6 in docs/rules.md).
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

void distribute(Decider& d);
void end_offer(Decider& d, OfferId offer, distribution::OfferEnd how, PersonId taken_by = {});
void end_offers_of(Decider& d, CallId call, distribution::OfferEnd how);
Verdict accept_offer(Decider& d, const AcceptOffer& c, const std::string& fresh);
Verdict decline_offer(Decider& d, const DeclineOffer& c);
Verdict transfer_call(Decider& d, const TransferCall& c);

}  // namespace sigap::core
