// What personal data is about: calls, incidents, tasks and complaints. Each is a subject with a key of its own
// (base/personal.h), so each can be forgotten by itself.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/personal.h"
#include "base/time.h"

namespace sigap {

/// Written to the journal's followers' tables: do not renumber.
enum class RecordKind { call = 1, incident = 2, task = 3, complaint = 4 };

/// Some of them. Ids ascend within each kind.
struct Records {
  std::vector<CallId> calls;
  std::vector<IncidentId> incidents;
  std::vector<TaskId> tasks;
  std::optional<std::vector<CaseId>> cases = {};  ///< absent: none, as before there were any
  bool operator==(const Records&) const = default;

  /// Of its complaints; none where there are none.
  const std::vector<CaseId>& complaints() const {
    static const std::vector<CaseId> kNone;
    return cases ? *cases : kNone;
  }
  /// Absent where there are none: two lists of the same are equal.
  void set_complaints(std::vector<CaseId> ids) { cases = ids.empty() ? std::nullopt : std::optional(std::move(ids)); }

  std::size_t size() const { return calls.size() + incidents.size() + tasks.size() + complaints().size(); }
  bool empty() const { return size() == 0; }
};

/// Whoever was shown a record.
struct RecordReader {
  PersonId person;
  Instant first, last;
  bool worked = false;  ///< did something to it, and was not only shown it
};

/// That there is one, and who read it; nothing of what is in it.
struct RecordFound {
  RecordKind kind = RecordKind::call;
  std::int64_t id = 0;
  StationCode station;
  Instant latest;  ///< when something last happened to it
  std::vector<RecordReader> readers;
};

/// Of all of them, as a vault knows them.
inline std::vector<std::string> subjects_of(const Records& records) {
  std::vector<std::string> subjects;
  subjects.reserve(records.size());
  for (const auto id : records.calls) subjects.push_back(subject_of(id).value);
  for (const auto id : records.incidents) subjects.push_back(subject_of(id).value);
  for (const auto id : records.tasks) subjects.push_back(subject_of(id).value);
  for (const auto id : records.complaints()) subjects.push_back(subject_of(id).value);
  return subjects;
}

}  // namespace sigap
