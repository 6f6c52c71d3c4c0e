// Listening in, as stories.
#include "core/effect.h"
#include "core/testing/nation_of_tests.h"
#include "core/views/project.h"

namespace sigap::core {
namespace {

using calls::ListeningEnd;

/// An operator at Sleman in a call, and the supervisor of the province.
struct Listened : Nation {
  PersonId chief;
  SessionId session, supervisor;
  CallId call;
  std::int64_t names = 0;

  Listened() {
    session = operator_ready("a", "polres-sleman");
    chief = add("s", people::Role::supervisor, "polda-diy");
    supervisor = sign_in(chief);
    call = arrives("polres-sleman");
    ask(session, AcceptOffer{op(session).offer});
    say(BridgeReported{it().offer, true, ""});
  }
  const calls::Call& it() { return *state.calls.find(call); }
  std::string code(SessionId by, Command command) {
    say(CommandAsked{SignedIn{by}, std::move(command), "token", "name" + std::to_string(++names)});
    return refusal ? refusal->code : "";
  }
  const calls::Listener* listener() { return state.calls.listener(chief); }
  std::optional<ListeningEnd> ended() const {
    const auto ends = happened<calls::ListeningEnded>();
    return ends.empty() ? std::nullopt : std::optional(ends.front().how);
  }
  CallCard card_of(SessionId viewer) {
    return views::card({state, positions, policy, *state.people.person(state.people.session(viewer)->person)}, call)
        .value_or(CallCard{});
  }
};

TEST(ListeningTest, ASupervisorHearsAndTheOperatorSeesIt) {
  Listened n;
  EXPECT_EQ(n.code(n.supervisor, ListenIn{n.call}), "");
  const auto started = n.happened<calls::ListeningStarted>();
  ASSERT_EQ(started.size(), 1U);
  EXPECT_EQ(started[0].leg, n.it().leg);
  EXPECT_EQ(started[0].desk, n.session);
  EXPECT_NE(started[0].offer, started[0].whisper);
  EXPECT_NE(started[0].whisper_leg, n.it().leg) << "what is whispered is no part of the caller's leg";
  EXPECT_NE(started[0].desk_leg, started[0].whisper_leg);
  for (const auto viewer : {n.session, n.supervisor}) {
    const auto card = n.card_of(viewer);
    ASSERT_EQ(card.listeners.size(), 1U);
    EXPECT_EQ(card.listeners[0].mine, viewer == n.supervisor);
    EXPECT_EQ(card.listeners[0].name, "s");
  }
  EXPECT_EQ(n.code(n.supervisor, ListenIn{n.call}), "") << "already";
  EXPECT_TRUE(n.last.empty());
  n.code(n.supervisor, StopListening{n.call});
  EXPECT_EQ(n.ended(), ListeningEnd::stopped);
  EXPECT_TRUE(n.card_of(n.session).listeners.empty());
  EXPECT_FALSE(n.state.calls.listeners) << "as if it had never been";
}

TEST(ListeningTest, AWhisperIsWrittenDownBeforeItIsHeard) {
  Listened n;
  EXPECT_EQ(n.code(n.supervisor, Whisper{n.call, true}), "gone") << "only who listens";
  n.code(n.supervisor, ListenIn{n.call});
  n.code(n.supervisor, Whisper{n.call, true});
  ASSERT_EQ(n.happened<calls::Whispered>().size(), 1U);
  EXPECT_TRUE(n.card_of(n.session).listeners[0].whispers);
  n.code(n.supervisor, Whisper{n.call, true});
  EXPECT_TRUE(n.last.empty()) << "said once";
  n.code(n.supervisor, Whisper{n.call, false});
  EXPECT_FALSE(n.card_of(n.session).listeners[0].whispers);
}

TEST(ListeningTest, NobodyListensToTheirOwnCallOrToOneThatIsNotYet) {
  Listened n;
  EXPECT_EQ(n.code(n.session, ListenIn{n.call}), "not_allowed") << "an operator";
  const auto chief = n.sign_in(n.add("c", people::Role::supervisor, "polres-sleman"));
  n.ask(chief, PassHeadset{});
  n.ask(chief, BeReady{});
  const auto second = n.arrives("polres-sleman");
  EXPECT_EQ(n.code(n.supervisor, ListenIn{second}), "gone") << "nobody talks to them";
  n.ask(chief, AcceptOffer{n.op(chief).offer});
  EXPECT_EQ(n.code(chief, ListenIn{second}), "not_allowed") << "their own";
  EXPECT_EQ(n.code(n.supervisor, ListenIn{second}), "not_yet");
  EXPECT_EQ(n.code(chief, ListenIn{n.call}), "busy");
  const auto elsewhere = n.sign_in(n.add("e", people::Role::supervisor, "polres-bantul"));
  EXPECT_EQ(n.code(elsewhere, ListenIn{n.call}), "not_allowed");
}

TEST(ListeningTest, TwoMayListenAndOneListensToOne) {
  Listened n;
  const auto two = n.sign_in(n.add("2", people::Role::supervisor, "polda-diy"));
  const auto three = n.sign_in(n.add("3", people::Role::supervisor, "polda-diy"));
  n.code(n.supervisor, ListenIn{n.call});
  EXPECT_EQ(n.code(two, ListenIn{n.call}), "");
  EXPECT_EQ(n.code(three, ListenIn{n.call}), "too_many");
  const auto other = n.operator_ready("b", "polres-bantul");
  const auto second = n.arrives("polres-bantul");
  n.ask(other, AcceptOffer{n.op(other).offer});
  n.say(BridgeReported{n.state.calls.find(second)->offer, true, ""});
  EXPECT_EQ(n.code(two, ListenIn{second}), "");
  EXPECT_EQ(n.ended(), ListeningEnd::stopped);
  EXPECT_EQ(n.code(three, ListenIn{n.call}), "") << "there is room again";
}

TEST(ListeningTest, ItEndsWithTheConversationAndWithWhoListens) {
  const auto after = [](auto happens) {
    Listened n;
    n.code(n.supervisor, ListenIn{n.call});
    happens(n);
    const auto end = n.ended();
    EXPECT_EQ(n.listener() == nullptr, end.has_value());
    return end;
  };
  EXPECT_EQ(after([](Listened& n) { n.ask(n.session, HangUp{n.call}); }), ListeningEnd::call_ended);
  EXPECT_EQ(after([](Listened& n) {
              n.say(LegEnded{n.it().leg, calls::CallEndedBy::caller, "BYE"});
            }),
            ListeningEnd::call_ended);
  EXPECT_EQ(after([](Listened& n) { n.ask(n.session, SignOut{}); }), ListeningEnd::operator_changed);
  EXPECT_EQ(after([](Listened& n) { n.ask(n.supervisor, SignOut{}); }), ListeningEnd::lost);
  EXPECT_EQ(after([](Listened& n) {
              n.say(BridgeReported{n.listener()->offer, false, "media"});
            }),
            ListeningEnd::failed);
  EXPECT_EQ(after([](Listened& n) {
              n.say(BridgeReported{n.listener()->whisper, false, "media"});
            }),
            ListeningEnd::failed);
  EXPECT_EQ(after([](Listened& n) { n.say(BridgeReported{n.listener()->whisper, true, ""}); }), std::nullopt);
  EXPECT_EQ(after([](Listened& n) { n.say(BrowserGone{n.supervisor}); }), std::nullopt) << "they may come back";
  EXPECT_EQ(after([](Listened& n) {
              n.say(BrowserGone{n.supervisor});
              n.now = n.now + n.policy.browser_grace;
              n.say(*due_timer(n.state, n.now));
            }),
            ListeningEnd::lost);
  EXPECT_EQ(after([](Listened& n) { n.say(Started{"test", 2}); }), std::nullopt) << "a restart costs nothing";
  EXPECT_EQ(after([](Listened& n) {
              n.ask(n.supervisor, PassHeadset{});
              n.ask(n.session, AskSupervisor{n.call});
              n.code(n.supervisor, JoinCall{n.call});
            }),
            ListeningEnd::took_call)
      << "now they talk along";
}

TEST(ListeningTest, TheCallGoesOnAsIfNobodyHadListened) {
  Listened n;
  const auto before = n.it();
  n.code(n.supervisor, ListenIn{n.call});
  n.say(BridgeReported{n.listener()->offer, false, "media"});
  EXPECT_TRUE(n.happened<calls::CallReturned>().empty());
  EXPECT_EQ(n.it().state, calls::CallState::talking);
  EXPECT_EQ(n.it().offer, before.offer);
  EXPECT_TRUE(n.it().connected);
  EXPECT_EQ(n.op(n.session).state, people::OperatorState::talking);
}

}  // namespace
}  // namespace sigap::core
