// Reviews of handled calls: the system draws them, somebody else than the operator answers a form, the operator reads
// what came of it and answers.
// Invariants: nobody reviews a call that they handled themselves, and nobody reviews one twice; a review keeps which
// form it was answered by; of a call that is reviewed twice (calibration) nobody is shown the other's answer before
// both are given. Source: APCO/NENA ANS 1.107.1 (quality assurance: at least 2 % of all calls, and all of certain
// categories; forms, feedback to the operator, calibration of reviewers).
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/personal.h"
#include "base/time.h"

namespace sigap::quality {

// Enumerations here are written to the journal: do not rename.
/// Why a call is reviewed.
enum class SampleReason {
  drawn,        ///< by the sample of all calls
  silent,       ///< the caller could not speak
  complaint,    ///< ... complained
  priority_one  ///< somebody's life was in danger
};

/// Which part of the work a criterion looks at.
enum class Part { call, dispatch };

/// Why a review is under way no more; the journal keeps it.
enum class ReviewEnd {
  done,   ///< reviewed, and read or not, its time is over
  missed  ///< nobody reviewed it in time
};

struct Criterion {
  std::string code;  ///< 1 to 40 of a-z 0-9 _; names it over all versions of the form
  Part part = Part::call;
  std::string indonesian, english;  ///< the question, 1 to 200 bytes each
  std::int64_t weight = 1;          ///< 1 to 10
  bool operator==(const Criterion&) const = default;
};

/// What is looked at, as an installation wrote it.
struct Form {
  std::int64_t version = 0;
  std::vector<Criterion> criteria;
  bool operator==(const Form&) const = default;
};

/// A form's most; own: nobody answers more with care.
inline constexpr std::size_t kCriteriaMax = 40;
/// Forms that are remembered: the newest, and what is under way is answered by. Own.
inline constexpr std::size_t kFormsMax = 20;
/// Reviews under way; own: a month of 2 % of thirty thousand calls a day. Beyond, a call is passed over, and that is
/// counted and shown.
inline constexpr std::size_t kReviewsMax = 20'000;
inline constexpr std::size_t kCommentMax_bytes = 1'000;
/// What a criterion is answered with: not at all, in part, fully; or that it does not apply.
inline constexpr std::int64_t kMarkMost = 2, kNotApplicable = -1;
/// Reviewers of one call that calibrates, and of any other.
inline constexpr std::size_t kReviewersOfCalibration = 2, kReviewers = 1;

struct Score {
  PersonId reviewer;
  Instant at;
  std::int64_t form = 0;            ///< its version
  std::vector<std::int64_t> marks;  ///< in the order of its criteria
  std::int64_t percent = 0;
  Personal<std::string> comment;
};

struct Review {
  ReviewId id;
  CallId call;
  IncidentId incident;
  StationCode station;  ///< the operator's
  PersonId operator_;
  Instant call_at;
  SampleReason reason = SampleReason::drawn;
  Instant drawn;
  Instant due;
  bool calibrates = false;  ///< two review it, apart from each other
  std::vector<Score> scores;
  std::optional<Instant> acknowledged;  ///< when the operator read it
  Personal<std::string> answer;

  bool complete() const { return scores.size() >= (calibrates ? kReviewersOfCalibration : kReviewers); }
  bool by(PersonId reviewer) const;
};

/// Whether the sample of so many percent holds the call. By a hash of its number alone, so that nobody chooses and a
/// replay draws the same. The multiples of the golden ratio lie evenly (Knuth, TAOCP 6.4: Fibonacci hashing; the
/// three-gap theorem): among any 100/percent x 2.62 calls in a row there is one.
bool in_sample(CallId call, std::int64_t percent);
/// Whether this review is done by two: one in ten; own.
bool is_calibration(ReviewId review);

/// Why a form cannot be, or nothing.
std::optional<std::string> objection(const std::vector<Criterion>& criteria);
/// 0 to 100 by weight, of what applies; nothing when the marks do not fit the form, or nothing applies.
std::optional<std::int64_t> percent_of(const Form& form, const std::vector<std::int64_t>& marks);

}  // namespace sigap::quality
