// What happened to complaints.
#pragma once
#include "domain/cases/case.h"

namespace sigap::cases {

/// What complaints can be about from now on; replaces the list before.
struct CategoriesDefined {
  std::vector<Category> categories;
};

/// Somebody complained. The limits are those of this case, whatever is configured later.
struct CaseOpened {
  CaseId complaint;
  CaseOrigin origin = CaseOrigin::page;
  CallId call;
  std::string category;
  bool conduct = false;
  StationCode about;
  StationCode station;
  CallerRef caller;
  Personal<std::string> number;
  Personal<std::string> text;
  Personal<std::string> where;
  std::string code_hash;
  Instant limit;
  Instant due;
};

/// A person gave it to another station, or another category.
struct CaseMoved {
  CaseId complaint;
  PersonId person;
  StationCode station;
  std::string category;
  bool conduct = false;
  Instant due;
};

/// Nobody answered in time. `station`: one level up; the same and no `due`: there is none above.
struct CaseRaised {
  CaseId complaint;
  StationCode station;
  std::optional<Instant> due;
};

/// The citizen was answered. By the one that closes it the case is closed, and leaves the live state at `due`; else
/// they hear more by then.
struct CaseAnswered {
  CaseId complaint;
  PersonId person;
  Personal<std::string> text;
  bool closes = false;
  Instant due;
};

/// For colleagues.
struct CaseNoted {
  CaseId complaint;
  PersonId person;
  Personal<std::string> text;
};

/// The citizen says that it is not solved: open again, at this station.
struct CaseContested {
  CaseId complaint;
  Personal<std::string> text;
  StationCode station;
  Instant limit;
  Instant due;
};

/// The citizen says how content they are: 1 to 5.
struct CaseRated {
  CaseId complaint;
  std::int64_t mark = 0;
};

/// A text message about it was ordered from the gateway.
struct CaseMessageOrdered {
  MessageId message;
  CaseId complaint;
  Personal<std::string> number;
  Personal<std::string> text;
};

/// It was closed long enough ago: it leaves the live state.
struct CaseArchived {
  CaseId complaint;
};

}  // namespace sigap::cases
