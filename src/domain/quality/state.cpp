#include "domain/quality/state.h"

#include <algorithm>

namespace sigap::quality {

void State::apply(const ReviewFormDefined& e) {
  forms.push_back(e.form);
  if (forms.size() > kFormsMax) forms.erase(forms.begin());
}

void State::apply(const ReviewDrawn& e, Instant at) {
  Review review;
  review.id = e.review;
  review.call = e.call;
  review.incident = e.incident;
  review.station = e.station;
  review.operator_ = e.operator_;
  review.call_at = e.call_at;
  review.reason = e.reason;
  review.drawn = at;
  review.due = e.due;
  review.calibrates = e.calibrates;
  review.answer.subject = subject_of(e.operator_);
  next = e.review.value + 1;
  reviews[e.review] = std::move(review);
}

void State::apply(const ReviewPassed&) {
  ++passed;
}

void State::apply(const CallReviewed& e, Instant at) {
  const auto it = reviews.find(e.review);
  if (it != reviews.end()) it->second.scores.push_back({e.person, at, e.form, e.marks, e.percent, e.comment});
}

void State::apply(const ReviewAcknowledged& e, Instant at) {
  const auto it = reviews.find(e.review);
  if (it == reviews.end()) return;
  it->second.acknowledged = at;
  it->second.answer = e.answer;
}

void State::apply(const ReviewClosed& e) {
  reviews.erase(e.review);
}

const Review* State::find(ReviewId id) const {
  const auto it = reviews.find(id);
  return it == reviews.end() ? nullptr : &it->second;
}

const Form* State::form(std::int64_t version) const {
  const auto it = std::ranges::find(forms, version, &Form::version);
  return it == forms.end() ? nullptr : &*it;
}

}  // namespace sigap::quality
