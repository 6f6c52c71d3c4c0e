// Complaints, as supervisors see them and as their citizens do: parts of Update and of what citizens' pages are told.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/cases/case.h"

namespace sigap::core {

struct CaseEntryCard {
  cases::EntryKind kind = cases::EntryKind::opened;
  Instant at;
  std::optional<std::string> by;  ///< name
  std::string station_name;       ///< where the case was from then on
  std::optional<std::string> text;
  std::optional<std::int64_t> mark;
  bool operator==(const CaseEntryCard&) const = default;
};

/// A complaint, for supervisors who reach its station; one about conduct for none of the station that it is about.
struct CaseCard {
  CaseId complaint;
  std::string number;  ///< as it is spoken
  cases::CaseOrigin origin = cases::CaseOrigin::page;
  std::string category;  ///< empty: nobody has sorted it yet
  bool conduct = false;
  std::optional<StationCode> about;
  std::optional<std::string> about_name;
  StationCode station;
  std::string station_name;
  Instant opened;
  Instant limit;
  Instant due;
  bool late = false;
  bool heard = false;      ///< the citizen was answered at least once
  bool contested = false;  ///< "not solved" was said
  std::optional<Instant> closed;
  std::optional<std::int64_t> mark;
  std::optional<std::string> text, where, phone;
  std::vector<CaseEntryCard> entries;
  bool operator==(const CaseCard&) const = default;
};

/// What complaints can be about.
struct CaseCategoryCard {
  std::string code, indonesian, english;
  bool conduct = false;
  bool operator==(const CaseCategoryCard&) const = default;
};

/// A complaint as its citizen sees it. No name of anybody who works here.
struct OwnCaseCard {
  std::string number;
  std::string indonesian, english;  ///< what it is about; empty: nobody has sorted it yet
  std::string station_name;
  std::string time_zone;
  Instant opened;
  Instant due;  ///< they are answered by then
  std::optional<Instant> closed;
  bool may_contest = false;
  std::optional<std::int64_t> mark;
  std::vector<CaseEntryCard> entries;  ///< of what is told to the citizen, and what they said
  bool operator==(const OwnCaseCard&) const = default;
};

}  // namespace sigap::core
