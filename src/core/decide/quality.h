// Which handled calls are reviewed, by whom, and what their operators say to it.
#pragma once
#include "core/decide/decider.h"

namespace sigap::core {

/// A call has its outcome: it may be one that is reviewed.
void draw_review(Decider& d, const calls::Call& call, calls::Outcome outcome);
Verdict define_review_form(Decider& d, const DefineReviewForm& in);
Verdict review_call(Decider& d, const ReviewCall& c);
Verdict acknowledge_review(Decider& d, const AcknowledgeReview& c);
/// Its time is over.
void close_review(Decider& d, ReviewId id);

}  // namespace sigap::core
