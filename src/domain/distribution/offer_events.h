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

/// The operator's browser came back while it rang there, after a time when nobody could answer: it rings on in full.
struct OfferRenewed {
  OfferId offer;
  CallId call;
  PersonId person;
  Instant until;
};

/// Nobody took it for 5 s: from now on it may ring at a second operator as well.
struct SecondRingOpened {
  CallId call;
};

struct OfferEnded {
  OfferId offer;
  CallId call;
  PersonId person;
  OfferEnd how = OfferEnd::missed;
  PersonId taken_by;  ///< who took the call, when `taken`
};

}  // namespace sigap::distribution
