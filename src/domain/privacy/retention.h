// For how long each kind of record is kept after the last thing that happened to it.
// Invariant: pure; 0 days means until somebody asks. Law: UU 27/2022 art. 16 (2) g: no longer than the purpose needs;
// it names no number, so an installation sets its own.
#pragma once
#include <optional>

#include "base/records.h"
#include "base/time.h"

namespace sigap::privacy {

struct Terms {
  std::int64_t calls_days = 730;        ///< number, place and description of the voice of a call; own
  std::int64_t incidents_days = 1825;   ///< what was reported, where and by whom; own
  std::int64_t tasks_days = 365;        ///< who was to be called back, and what they wrote; own
  std::int64_t complaints_days = 1825;  ///< what was complained of, by whom, and what was answered; own
  // Recordings end with the key of their call at the latest.
  std::int64_t recordings_help_days = 0;     ///< of calls where help was needed: 0, as long as the call; own
  std::int64_t recordings_other_days = 180;  ///< of all others, those that were never judged included; own
};

/// What was kept for so many days by now began then. Nothing: never by itself.
std::optional<Instant> since_days(std::int64_t days, Instant now);
/// Of a kind: what nothing has happened to since then is to be forgotten. Nothing: never by itself.
std::optional<Instant> kept_since(const Terms& terms, RecordKind kind, Instant now);

}  // namespace sigap::privacy
