#include "domain/privacy/retention.h"

namespace sigap::privacy {

std::optional<Instant> since_days(std::int64_t days, Instant now) {
  if (days <= 0) return std::nullopt;
  return now - hours(24 * days);
}

std::optional<Instant> kept_since(const Terms& terms, RecordKind kind, Instant now) {
  std::int64_t days = 0;
  switch (kind) {
    case RecordKind::call:
      days = terms.calls_days;
      break;
    case RecordKind::incident:
      days = terms.incidents_days;
      break;
    case RecordKind::task:
      days = terms.tasks_days;
      break;
    case RecordKind::complaint:
      days = terms.complaints_days;
      break;
  }
  return since_days(days, now);
}

}  // namespace sigap::privacy
