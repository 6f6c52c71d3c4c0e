// Complaints: one case with a number that can be spoken, a station that answers for it, a limit, and answers to the
// citizen until it is closed by one.
// Invariants: a case is closed only by an answer; what nobody answered by its limit goes one level up, and the highest
// level has it before it as a task; "not solved" is said once, and takes it one level up; one about the conduct of a
// station's people is never at that station or below it (core/access). The code that opens it to the citizen is kept as
// a hash alone. Source: UU 25/2009 (public services) art. 40-50: whoever complains is answered within 14 days (art.
// 44).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/personal.h"
#include "base/time.h"

namespace sigap::cases {

// Enumerations here are written to the journal: do not rename.
enum class CaseOrigin {
  page,  ///< the citizen's page
  call   ///< a call with the outcome "complaint"
};
enum class EntryKind {
  opened,
  moved,       ///< to another station or category, by a person
  raised,      ///< one level up, as nobody answered in time
  late,        ///< nobody answered in time, and there is no higher level
  answered,    ///< to the citizen, who hears more later
  closed,      ///< by this answer
  noted,       ///< for colleagues alone
  not_solved,  ///< says the citizen
  rated        ///< by the citizen
};

/// What complaints are about, as an installation writes it (data/indonesia/case-categories.toml).
struct Category {
  std::string code;                 ///< 1 to 40 of a-z 0-9 _
  std::string indonesian, english;  ///< 1 to 100 bytes each
  bool conduct = false;             ///< about what police did: not for the station that it is about
  bool operator==(const Category&) const = default;
};

/// A line of a case's timeline.
struct Entry {
  EntryKind kind = EntryKind::opened;
  Instant at;
  PersonId person;                            ///< 0: the citizen, or a rule
  StationCode station;                        ///< where the case was from then on
  std::optional<Personal<std::string>> text;  ///< of an answer, a note, a "not solved"
  std::optional<std::int64_t> mark;
};

struct Case {
  CaseId id;
  CaseOrigin origin = CaseOrigin::page;
  CallId call;           ///< of that origin
  std::string category;  ///< empty: nobody has read it yet
  bool conduct = false;  ///< it is about people of `about`
  StationCode about;     ///< none: about none that is known
  StationCode station;   ///< who answers for it
  CallerRef caller;
  Personal<std::string> number;
  Personal<std::string> text;
  Personal<std::string> where;
  std::string code_hash;  ///< empty: nobody was given a code
  Instant opened;
  Instant limit;       ///< by law
  Instant due;         ///< our own; then it goes one level up
  bool late = false;   ///< nobody answered by `due` once, or since then
  TaskId task;         ///< which stands for that on a screen
  bool heard = false;  ///< the citizen was answered at least once
  bool contested = false;
  std::optional<Instant> closed;
  Instant until;  ///< of a closed one: then it leaves the live state
  std::optional<std::int64_t> mark;
  std::vector<Entry> entries;
};

inline constexpr std::size_t kCategoriesMax = 40;     // own: what a page can list
inline constexpr std::size_t kTextMax_bytes = 4'000;  // a page of writing; own
inline constexpr std::size_t kWhereMax_bytes = 200;   // as places of reports
inline constexpr std::size_t kNumberMax_bytes = 32;   // as numbers of reports
inline constexpr std::size_t kEntriesMax = 100;       // own; an answer that closes always has room
inline constexpr std::size_t kCasesMax = 100'000;     // live at once: 0.1 % of a year's calls; own
inline constexpr std::int64_t kMarkMost = 5;          // 1 to 5, one tap
inline constexpr std::size_t kCodeLength = 16;        // of 32 letters each: 80 bits

/// As it is spoken: "P-2026-000123", by the year in Jakarta.
std::string number_of(CaseId id, Instant opened);
/// Of such a text as somebody types it: capitals, blanks and missing zeroes do not matter. 0: it is none.
CaseId number_in(std::string_view text);
/// A code as it is hashed: capitals, no blanks and hyphens, and what is mistaken for another letter made right
/// (Crockford's base 32). Empty: it is none.
std::string code_in(std::string_view text);
/// Out of random base64url, at least 20 characters.
std::string fresh_code(std::string_view random);
/// "ABCD-EFGH-JKMN-PQRS"
std::string shown_code(std::string_view code);
/// Why these may not be an installation's categories, or nothing.
std::optional<std::string> objection(const std::vector<Category>& categories);

}  // namespace sigap::cases
