// What happened to a number's standing.
#pragma once
#include "domain/reputation/reputation.h"

namespace sigap::reputation {

/// An operator closed a call of this number as a prank, or as silent when no key had been pressed.
struct NumberMarked {
  CallerRef caller;
  CallId call;
  Mark mark = Mark::prank;
};

/// Nothing is held against this number any more.
struct NumberCleared {
  CallerRef caller;
  CallId call;
  PersonId person;  ///< who found the call genuine, or forgave the number
  ClearReason reason = ClearReason::genuine;
};

}  // namespace sigap::reputation
