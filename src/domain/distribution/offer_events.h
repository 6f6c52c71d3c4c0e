// What happened to offers.
#pragma once
#include "domain/distribution/offer.h"

namespace sigap::distribution {

/// A call rings at an operator.
struct CallOffered {
  OfferId offer;
  CallId call;
  PersonId person;
  Tier tier = Tier::home;
  bool second_ring = false;
  Instant until;
};

/// The operator's browser came back while the call rang there, after a time when nobody could answer: the ring begins
/// anew.
struct OfferRenewed {
  OfferId offer;
  CallId call;
  PersonId person;
  Instant until;
};

/// Nobody answered the call for 5 s: from now on it may ring at a second operator as well.
struct SecondRingOpened {
  CallId call;
};

/// A call rings at this operator no more.
struct OfferEnded {
  OfferId offer;
  CallId call;
  PersonId person;
  OfferEnd how = OfferEnd::missed;
  PersonId taken_by;  ///< who took the call instead, when `how` is taken
};

}  // namespace sigap::distribution
