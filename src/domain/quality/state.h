// The reviews under way, and the forms that they are answered by.
// Invariants: at most kReviewsMax reviews (whoever draws keeps it); at most kFormsMax forms, the newest last.
#pragma once
#include <vector>

#include "base/id_map.h"
#include "domain/quality/review_events.h"

namespace sigap::quality {

struct State {
  IdMap<ReviewId, Review> reviews;
  std::vector<Form> forms;
  std::int64_t next = 1;    ///< review
  std::int64_t passed = 0;  ///< calls passed over since the journal began

  void apply(const ReviewFormDefined& e);
  void apply(const ReviewDrawn& e, Instant at);
  void apply(const ReviewPassed& e);
  void apply(const CallReviewed& e, Instant at);
  void apply(const ReviewAcknowledged& e, Instant at);
  void apply(const ReviewClosed& e);

  const Review* find(ReviewId id) const;
  /// Nothing while none was ever defined.
  const Form* newest() const { return forms.empty() ? nullptr : &forms.back(); }
  const Form* form(std::int64_t version) const;
};

}  // namespace sigap::quality
