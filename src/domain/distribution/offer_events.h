// What happened to offers.
#pragma once
#include "domain/distribution/offer.h"

namespace sigap::distribution {

struct CallOffered {
  OfferId offer;
  CallId call;
  PersonId person;
  Tier tier = Tier::home;
  bool second_ring = false;
  Instant until;
};

struct OfferEnded {
  OfferId offer;
  CallId call;
  PersonId person;
  OfferEnd how = OfferEnd::missed;
  PersonId taken_by;  ///< who took the call, when `taken`
};

}  // namespace sigap::distribution
