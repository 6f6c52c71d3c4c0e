// Reviews of handled calls, as stories.
#include "core/testing/nation_of_tests.h"
#include "core/views/picture.h"

namespace sigap::core {
namespace {

using calls::Outcome;
using quality::SampleReason;

const std::vector<quality::Criterion> kForm = {{"place", quality::Part::call, "Tempat", "Place", 3},
                                               {"sent", quality::Part::dispatch, "Kirim", "Sent", 1}};

struct Reviewed : Nation {
  SessionId session, supervisor, above;

  Reviewed() {
    say(DefineReviewForm{kForm});
    session = operator_ready("a", "polres-sleman");
    supervisor = sign_in(add("s", people::Role::supervisor, "polres-sleman"));
    above = sign_in(add("p", people::Role::supervisor, "polda-diy"));
  }
  CallId handled(Outcome outcome, bool urgent = false) {
    const auto call = arrives("polres-sleman");
    ask(session, AcceptOffer{op(session).offer});
    say(BridgeReported{state.calls.find(call)->offer, true, ""});
    if (urgent) ask(session, EditIncident{state.calls.find(call)->incident, {}, incidents::Priority::p1, {}, {}, {}});
    ask(session, SetOutcome{call, outcome});
    return call;
  }
  ReviewId drawn(Outcome outcome = Outcome::complaint) {
    handled(outcome);
    const auto drawn = happened<quality::ReviewDrawn>();
    return drawn.empty() ? ReviewId{} : drawn.front().review;
  }
  /// Of one that one person is enough for, or that two are.
  ReviewId drawn_for(bool two) {
    for (;;)
      if (const auto id = drawn(); state.quality->find(id)->calibrates == two) return id;
  }
  std::string code(SessionId by, Command command) {
    ask(by, std::move(command));
    return refusal ? refusal->code : "";
  }
  std::optional<ReviewCard> seen(SessionId by, ReviewId id) {
    return views::card({state, positions, policy, *state.people.person(state.people.session(by)->person)}, id);
  }
};

TEST(ReviewsTest, TheSampleAndAllOfTheCategoriesAreDrawn) {
  Reviewed n;
  n.policy.review_percent = 2;
  n.policy.reviewed_all = {SampleReason::complaint, SampleReason::priority_one};
  std::int64_t calls = 0, drawn = 0;
  for (int i = 0; i < 300; ++i) {
    const auto call = n.handled(Outcome::information);
    const auto events = n.happened<quality::ReviewDrawn>();
    EXPECT_EQ(!events.empty(), quality::in_sample(call, 2)) << call.value;
    ++calls;
    drawn += !events.empty();
  }
  EXPECT_GE(drawn * 100, calls * 2);
  n.handled(Outcome::complaint);
  ASSERT_EQ(n.happened<quality::ReviewDrawn>().size(), 1U);
  EXPECT_EQ(n.happened<quality::ReviewDrawn>()[0].reason, SampleReason::complaint);
  n.handled(Outcome::genuine, true);
  ASSERT_EQ(n.happened<quality::ReviewDrawn>().size(), 1U);
  EXPECT_EQ(n.happened<quality::ReviewDrawn>()[0].reason, SampleReason::priority_one);
  const auto& e = n.happened<quality::ReviewDrawn>()[0];
  EXPECT_EQ(e.station.value, "polres-sleman");
  EXPECT_EQ(e.due, n.now + n.policy.review_within);
}

TEST(ReviewsTest, NobodyReviewsTheirOwnCallNorOneTwiceNorOutsideTheirReach) {
  Reviewed n;
  n.ask(n.supervisor, PassHeadset{});
  n.ask(n.session, TakePause{});
  n.ask(n.supervisor, BeReady{});
  std::swap(n.session, n.supervisor);  // the supervisor handles this one
  const auto own = n.drawn_for(false);
  const auto handler = n.session;
  EXPECT_EQ(n.code(handler, ReviewCall{own, 1, {2, 2}, ""}), "not_allowed");
  EXPECT_EQ(n.code(n.supervisor, ReviewCall{own, 1, {2, 2}, ""}), "not_allowed") << "an operator";
  const auto elsewhere = n.sign_in(n.add("e", people::Role::supervisor, "polres-bantul"));
  EXPECT_EQ(n.code(elsewhere, ReviewCall{own, 1, {2, 2}, ""}), "not_allowed");
  EXPECT_EQ(n.code(n.above, ReviewCall{own, 1, {2, 1}, "fine"}), "");
  ASSERT_EQ(n.happened<quality::CallReviewed>().size(), 1U);
  EXPECT_EQ(n.happened<quality::CallReviewed>()[0].percent, 88);
  EXPECT_EQ(n.code(n.above, ReviewCall{own, 1, {2, 1}, ""}), "gone");
  EXPECT_EQ(n.code(n.above, ReviewCall{{999}, 1, {2, 1}, ""}), "unknown");
  const auto next = n.drawn_for(false);
  EXPECT_EQ(n.code(n.above, ReviewCall{next, 7, {2, 1}, ""}), "invalid");
  EXPECT_EQ(n.code(n.above, ReviewCall{next, 1, {2}, ""}), "invalid");
  EXPECT_EQ(n.code(n.above, ReviewCall{next, 1, {2, 3}, ""}), "invalid");
  EXPECT_EQ(n.code(n.above, ReviewCall{next, 1, {2, 1}, std::string(1001, 'x')}), "too_long");
}

TEST(ReviewsTest, TheOperatorReadsItWhenItIsCompleteAndAnswersOnce) {
  Reviewed n;
  const auto id = n.drawn_for(false);
  EXPECT_FALSE(n.seen(n.session, id)) << "not yet";
  EXPECT_TRUE(n.seen(n.supervisor, id)->open);
  EXPECT_EQ(n.code(n.session, AcknowledgeReview{id, "?"}), "not_yet");
  n.ask(n.supervisor, ReviewCall{id, 1, {2, -1}, "well led"});
  const auto card = n.seen(n.session, id);
  ASSERT_TRUE(card);
  EXPECT_TRUE(card->mine);
  ASSERT_EQ(card->scores.size(), 1U);
  EXPECT_EQ(card->scores[0].percent, 100);
  EXPECT_EQ(card->scores[0].comment, "well led");
  const auto colleague = n.operator_ready("b", "polres-sleman");
  EXPECT_FALSE(n.seen(colleague, id)) << "nobody else's business";
  EXPECT_EQ(n.code(colleague, AcknowledgeReview{id, "?"}), "not_allowed");
  EXPECT_EQ(n.code(n.session, AcknowledgeReview{id, "thank you"}), "");
  EXPECT_EQ(n.code(n.session, AcknowledgeReview{id, "again"}), "gone");
  EXPECT_EQ(n.seen(n.supervisor, id)->answer, "thank you");
}

TEST(ReviewsTest, WhoCalibratesDoesNotSeeTheOtherBeforeBothHaveWritten) {
  Reviewed n;
  const auto id = n.drawn_for(true);
  n.ask(n.supervisor, ReviewCall{id, 1, {2, 2}, "first"});
  EXPECT_EQ(n.seen(n.supervisor, id)->scores.size(), 1U) << "their own";
  EXPECT_FALSE(n.seen(n.supervisor, id)->open);
  EXPECT_TRUE(n.seen(n.above, id)->scores.empty());
  EXPECT_TRUE(n.seen(n.above, id)->open);
  EXPECT_FALSE(n.seen(n.session, id));
  EXPECT_EQ(n.code(n.supervisor, ReviewCall{id, 1, {0, 0}, ""}), "gone");
  n.ask(n.above, ReviewCall{id, 1, {1, 1}, "second"});
  for (const auto viewer : {n.supervisor, n.above, n.session}) EXPECT_EQ(n.seen(viewer, id)->scores.size(), 2U);
}

TEST(ReviewsTest, AFormThatChangedIsAnotherVersionAndReviewsKeepTheirs) {
  Reviewed n;
  n.say(DefineReviewForm{kForm});
  EXPECT_TRUE(n.last.empty()) << "the same form";
  auto other = kForm;
  other.push_back({"told", quality::Part::call, "Tahu", "Told", 1});
  n.say(DefineReviewForm{other});
  EXPECT_EQ(n.state.quality->newest()->version, 2);
  const auto id = n.drawn_for(false);
  EXPECT_EQ(n.code(n.supervisor, ReviewCall{id, 1, {2, 2}, ""}), "") << "a page that still showed the first one";
  EXPECT_EQ(n.seen(n.supervisor, id)->scores[0].form, 1);
  n.say(DefineReviewForm{{}});
  ASSERT_TRUE(n.refusal);
  EXPECT_EQ(n.refusal->code, "invalid");
}

TEST(ReviewsTest, AReviewLeavesWhenItsTimeIsOverAndAFullListIsSaid) {
  Reviewed n;
  const auto done = n.drawn_for(false), missed = n.drawn_for(false);
  n.ask(n.supervisor, ReviewCall{done, 1, {2, 2}, ""});
  std::map<ReviewId, quality::ReviewEnd> ends;
  const Instant end = n.now + n.policy.review_within + n.policy.review_stays;
  while (const auto next = next_deadline(n.state)) {
    if (*next > end) break;
    n.now = std::max(n.now, *next);
    n.say(*due_timer(n.state, n.now));
    for (const auto& e : n.happened<quality::ReviewClosed>()) ends[e.review] = e.how;
  }
  EXPECT_EQ(ends[done], quality::ReviewEnd::done);
  EXPECT_EQ(ends[missed], quality::ReviewEnd::missed);
  EXPECT_TRUE(n.state.quality->reviews.empty());

  Reviewed full;
  for (std::size_t i = 0; i < quality::kReviewsMax; ++i)
    full.state.quality->reviews[{static_cast<std::int64_t>(i) + 1}] = {};
  full.handled(Outcome::complaint);
  EXPECT_TRUE(full.happened<quality::ReviewDrawn>().empty());
  EXPECT_EQ(full.happened<quality::ReviewPassed>().size(), 1U);
  views::Boards boards(full.state);
  EXPECT_EQ(boards
                .card({full.state, full.positions, full.policy,
                       *full.state.people.person(full.state.people.session(full.supervisor)->person)})
                ->reviews_passed,
            1);
}

}  // namespace
}  // namespace sigap::core
