// Offers: which call rings at which operator. The rules of distribution (ACD) are in ranking.h and docs/rules.md.
// Invariants: a waiting call has at most two live offers, an operator at most one; whoever answers names the offer, so
// a late answer is refused and not misread; an offer ends by itself when its time is up.
#pragma once
#include <optional>

#include "base/ids.h"
#include "base/time.h"

namespace sigap::distribution {

// Enumerations here are written to the journal: do not rename.
/// Why this operator: the tier of the overflow order that was reached.
enum class Tier { home, province_desk, province, headquarters, nation };
enum class OfferEnd { accepted, taken, missed, declined, call_ended, operator_lost, operator_left };

struct Offer {
  OfferId id;
  CallId call;
  PersonId person;
  Tier tier = Tier::home;
  bool second_ring = false;
  Instant at;
  Instant until;                  ///< not taken by then: missed
  std::optional<OfferEnd> ended;  ///< kept until the call is over, so that a late answer learns what became of it
};

}  // namespace sigap::distribution
