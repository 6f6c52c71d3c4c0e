#include "domain/privacy/retention.h"

namespace sigap::privacy {

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
  }
  if (days <= 0) return std::nullopt;
  return now - hours(24 * days);
}

}  // namespace sigap::privacy
