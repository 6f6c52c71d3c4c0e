// What happened to reviews.
#pragma once
#include "domain/quality/review.h"

namespace sigap::quality {

/// From here on reviews are answered by this form.
struct ReviewFormDefined {
  Form form;
};

/// A handled call is to be reviewed.
struct ReviewDrawn {
  ReviewId review;
  CallId call;
  IncidentId incident;
  StationCode station;
  PersonId operator_;
  Instant call_at;
  SampleReason reason = SampleReason::drawn;
  Instant due;
  bool calibrates = false;
};

/// A call that should be reviewed is not: too many are under way.
struct ReviewPassed {
  CallId call;
  SampleReason reason = SampleReason::drawn;
};

/// Somebody answered the form for it.
struct CallReviewed {
  ReviewId review;
  PersonId person;
  std::int64_t form = 0;
  std::vector<std::int64_t> marks;
  std::int64_t percent = 0;
  Personal<std::string> comment;
};

/// The operator read what came of it, and says something to it.
struct ReviewAcknowledged {
  ReviewId review;
  PersonId person;
  Personal<std::string> answer;
};

/// The review's time is over: only the journal has it from now on.
struct ReviewClosed {
  ReviewId review;
  ReviewEnd how = ReviewEnd::done;
};

}  // namespace sigap::quality
