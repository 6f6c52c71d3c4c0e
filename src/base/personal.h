// Personal data has a type of its own, so that it cannot slip into a journal, a log line or a screen unnoticed.
// The codec seals a Personal<T> with the key of its subject (the call, incident or person it belongs to); when that key
// has been deleted the value reads as nothing. Invariant: folding events never looks inside; only decisions, views
// (after access/ agreed) and hands do. Law: UU 27/2022 (personal data protection), art. 16 and 35.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "base/ids.h"
#include "base/time.h"

namespace sigap {

/// Whose key seals a value: "call:17", "incident:4", "person:2", "task:9", "complaint:5", "client:3",
/// "strangers:20000".
struct Subject {
  std::string value;
  auto operator<=>(const Subject&) const = default;
};

inline Subject subject_of(CallId id) {
  return {"call:" + std::to_string(id.value)};
}
inline Subject subject_of(IncidentId id) {
  return {"incident:" + std::to_string(id.value)};
}
inline Subject subject_of(PersonId id) {
  return {"person:" + std::to_string(id.value)};
}

inline Subject subject_of(TaskId id) {
  return {"task:" + std::to_string(id.value)};
}

inline Subject subject_of(CaseId id) {
  return {"complaint:" + std::to_string(id.value)};
}

inline Subject subject_of(ClientId id) {
  return {"client:" + std::to_string(id.value)};
}

/// Of those whom nobody knows: all of one day (UTC, counted from 1970) together, with one key.
inline Subject subject_of_strangers(Instant at) {
  return {"strangers:" + std::to_string(at.ms / hours(24).ms)};
}

template <class T>
struct Personal {
  Subject subject;
  std::optional<T> value;  ///< nothing: never known, or forgotten
  bool operator==(const Personal&) const = default;

  bool known() const { return value.has_value(); }
  const T* reveal() const { return value ? &*value : nullptr; }
};

/// What is a part of something personal is personal. The fold may take it apart, and decides nothing by it.
template <class T, class Take>
auto part_of(const Personal<T>& whole, Take take)
    -> Personal<typename std::invoke_result_t<Take, const T&>::value_type> {
  return {whole.subject, whole.value ? take(*whole.value) : std::nullopt};
}

/// The same told again as part of something else, which is forgotten by itself.
template <class Owner, class T>
Personal<T> retold(Owner owner, const Personal<T>& of) {
  return {subject_of(owner), of.value};
}

template <class Owner, class T>
Personal<T> personal(Owner owner, T value) {
  return {subject_of(owner), std::move(value)};
}

}  // namespace sigap
