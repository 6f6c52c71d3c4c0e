// Quality: the sample is drawn as calls get their outcomes, so that nobody chooses what is looked at.
#include "core/decide/quality.h"

namespace sigap::core {
namespace {

using quality::SampleReason;

/// Why this call is reviewed; nothing when it is not. A category says more than the sample.
std::optional<SampleReason> reason_for(const Decider& d, const calls::Call& call, calls::Outcome outcome) {
  const auto* incident = d.state.incidents.find(call.incident);
  const auto wanted = [&](SampleReason reason, bool is) { return is && d.policy.reviewed_all.contains(reason); };
  if (wanted(SampleReason::complaint, outcome == calls::Outcome::complaint)) return SampleReason::complaint;
  if (wanted(SampleReason::silent, outcome == calls::Outcome::silent)) return SampleReason::silent;
  if (wanted(SampleReason::priority_one, incident && incident->priority == incidents::Priority::p1))
    return SampleReason::priority_one;
  return quality::in_sample(call.id, d.policy.review_percent) ? std::optional(SampleReason::drawn) : std::nullopt;
}

}  // namespace

void draw_review(Decider& d, const calls::Call& call, calls::Outcome outcome) {
  const auto* person = d.state.people.person(call.operator_);
  const auto reason = reason_for(d, call, outcome);
  if (!person || !reason) return;
  const auto& book = d.state.quality;
  if (book && book->reviews.size() >= quality::kReviewsMax) return d.emit(quality::ReviewPassed{call.id, *reason});
  const ReviewId id{book ? book->next : 1};
  d.emit(quality::ReviewDrawn{id, call.id, call.incident, person->station, person->id, call.arrived, *reason,
                              d.now + d.policy.review_within, quality::is_calibration(id)});
}

Verdict define_review_form(Decider& d, const DefineReviewForm& in) {
  if (const auto wrong = quality::objection(in.criteria)) return no("invalid", *wrong, "criteria");
  const auto* newest = d.state.quality ? d.state.quality->newest() : nullptr;
  if (newest && newest->criteria == in.criteria) return {};
  d.emit(quality::ReviewFormDefined{{newest ? newest->version + 1 : 1, in.criteria}});
  return {};
}

Verdict review_call(Decider& d, const ReviewCall& c) {
  const auto* review = d.state.quality ? d.state.quality->find(c.review) : nullptr;
  if (!review) return no("unknown", "no such review", "review");
  if (review->complete() || review->by(d.actor.person)) return no("gone", "reviewed already", "review");
  const auto* form = d.state.quality->form(c.form);
  if (!form) return no("invalid", "no such form", "form");
  const auto percent = quality::percent_of(*form, c.marks);
  if (!percent) return no("invalid", "a mark for each criterion, and one at least that applies", "marks");
  if (c.comment.size() > quality::kCommentMax_bytes) return no("too_long", "at most 1000 bytes", "comment");
  d.emit(quality::CallReviewed{c.review, d.actor.person, c.form, c.marks, *percent,
                               personal(review->operator_, c.comment)});
  return {};
}

Verdict acknowledge_review(Decider& d, const AcknowledgeReview& c) {
  const auto* review = d.state.quality ? d.state.quality->find(c.review) : nullptr;
  if (!review) return no("unknown", "no such review", "review");
  if (!review->complete()) return no("not_yet", "not reviewed yet", "review");
  if (review->acknowledged) return no("gone", "read already", "review");
  if (c.answer.size() > quality::kCommentMax_bytes) return no("too_long", "at most 1000 bytes", "answer");
  d.emit(quality::ReviewAcknowledged{c.review, d.actor.person, personal(d.actor.person, c.answer)});
  return {};
}

void close_review(Decider& d, ReviewId id) {
  const auto* review = d.state.quality ? d.state.quality->find(id) : nullptr;
  if (!review) return;
  d.emit(quality::ReviewClosed{id, review->scores.empty() ? quality::ReviewEnd::missed : quality::ReviewEnd::done});
}

}  // namespace sigap::core
