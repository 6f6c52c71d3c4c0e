// Reviews as their reviewers and their operators see them.
#include "core/views/shown.h"

namespace sigap::core::views {
namespace {

using access::Field;
using access::Relation;

/// Whoever calibrates is not shown what the other wrote before both have written.
bool shows(const View& v, const quality::Review& review, const quality::Score& score) {
  return review.complete() || score.reviewer == v.viewer.id;
}

}  // namespace

std::optional<ReviewCard> card(const View& v, ReviewId id) {
  const auto* review = v.state.quality ? v.state.quality->find(id) : nullptr;
  if (!review || !is_desk(v)) return std::nullopt;
  const bool mine = review->operator_ == v.viewer.id;
  const bool reviews = !access::objection(v.state, v.viewer, ReviewCall{id, 0, {}, ""});
  if (!reviews && !(mine && review->complete())) return std::nullopt;
  ReviewCard c;
  c.review = id;
  c.call = review->call;
  if (review->incident) c.incident = review->incident;
  c.station = review->station;
  c.station_name = station_name(v.state, review->station);
  c.operator_name = name_of(v, review->operator_, Relation::reach);
  c.mine = mine;
  c.reason = review->reason;
  c.call_at = review->call_at;
  c.due = review->due;
  c.calibrates = review->calibrates;
  c.open = reviews && !review->complete() && !review->by(v.viewer.id);
  c.complete = review->complete();
  for (const auto& score : review->scores) {
    if (!shows(v, *review, score)) continue;
    c.scores.push_back({name_of(v, score.reviewer, Relation::reach), score.reviewer == v.viewer.id, score.at,
                        score.form, score.marks, score.percent,
                        shown(v, Field::staff_name, Relation::reach, score.comment)});
  }
  c.acknowledged = review->acknowledged;
  if (review->acknowledged) c.answer = shown(v, Field::staff_name, Relation::reach, review->answer);
  return c;
}

std::vector<ReviewFormCard> review_form_cards(const View& v) {
  std::vector<ReviewFormCard> cards;
  if (!v.state.quality || !is_desk(v)) return cards;
  for (const auto& form : v.state.quality->forms) cards.push_back({form.version, form.criteria});
  return cards;
}

}  // namespace sigap::core::views
