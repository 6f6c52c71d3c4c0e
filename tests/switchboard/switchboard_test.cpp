// The switchboard with the real core on a journal in memory, between hands that answer when the test says: whatever the
// order, nobody is left in silence while the media process is up, and when all have hung up nothing is left over.
#include "runtime/voice/switchboard.h"

#include "runtime/voice/leg_records.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "sim/memory_journal.h"
#include "sim/random.h"
#include "sim/server.h"
#include "switchboard/hands.h"

namespace sigap::runtime {
namespace {

using people::OperatorState;

class NoMessages final : public ports::MessageGateway {
 public:
  void send(MessageId, std::string, std::string, std::function<void(bool, std::string)> done) override {
    done(true, "");
  }
};

/// A server's life; the hands, the journal and the browsers outlive it.
struct Server {
  Server(sim::MemoryJournal& journal, codec::Sealer& sealer, const Instant& now, FakeTelephony& telephony,
         FakeMedia& media, std::int64_t& ids)
      : engine({"nation", "test", policy()}, journal, sealer, [&ids] { return "id" + std::to_string(++ids); }),
        fresh(ids),
        core(engine, [&now] { return now; }),
        switchboard({{{{"trunk"}, {"polres"}}}, {{"trunk"}}, 4000, 20'000}, core, telephony, media, messages,
                    [this](const std::string& number) {
                      named.push_back(number);
                      return CallerRef{};
                    }) {
    switchboard.set_offer_voice([this](SessionId session, const core::MediaOffer& offer) {
      if (!browsers.contains(session)) return false;
      if (offer.beside)
        beside.emplace_back(session, offer);
      else
        offered[session] = offer;
      return true;
    });
    core.set_hooks({[this](const core::Effect& effect) { switchboard.carry_out(effect); },
                    [](const std::vector<core::Event>&) {}, [this](Instant at) { switchboard.tick(at); },
                    [](const Refusal&) {}});
    telephony.listener = &switchboard;
    const auto recovered = core.recover([&] {
      std::vector<ports::RestoredLeg> restored;
      // Whom we called and who picks up now is told that nobody is there.
      std::erase_if(telephony.dialogs,
                    [&](const auto& d) { return d.second.placed && !engine.state().calls.leg(d.first); });
      const auto records = leg_records(engine.state(), journal, sealer);
      EXPECT_TRUE(records);
      for (const auto& record : *records) {
        const auto& id = record.leg;
        const auto& leg = engine.state().calls.legs.at(id);
        if (telephony.dialogs.contains(id)) {
          auto& dialog = telephony.dialogs[id];
          restored.push_back({id, record.latest.empty() ? record.invite : record.latest});
          if (!dialog.offered.empty())
            telephony.news.push_back([&telephony, id] {
              if (telephony.dialogs.contains(id)) telephony.say_again(id);
            });
          else if (!leg.our_sdp.empty() && !leg.told && !dialog.bye)
            telephony.answer(id, leg.our_sdp);
          if (std::exchange(dialog.bye, false))
            telephony.news.push_back([&telephony, id = id] {  // said again
              if (telephony.dialogs.contains(id)) telephony.caller_hangs_up(id);
            });
        } else {
          switchboard.leg_ended(id, ports::LegEndedBy::network, "481");
        }
      }
      switchboard.restore(restored);
      return Result<bool>(true);
    });
    EXPECT_TRUE(recovered);
    turns();
  }
  static core::Policy policy() {
    core::Policy p;
    p.trunks_out = {{"trunk"}};
    return p;
  }
  void turns() {
    while (core.turn()) {
    }
  }
  void ask(SessionId session, core::Command command) { ask(core::SignedIn{session}, std::move(command)); }
  void ask(core::Asker asker, core::Command command) {
    core.submit(core::CommandAsked{std::move(asker), std::move(command), "t", "h" + std::to_string(++fresh)});
    turns();
  }

  Engine engine;
  std::int64_t& fresh;  ///< names given so far
  CoreThread core;
  NoMessages messages;
  Switchboard switchboard;
  std::set<SessionId> browsers;
  std::map<SessionId, core::MediaOffer> offered;
  std::vector<std::pair<SessionId, core::MediaOffer>> beside;  ///< voices that have no part in a call
  std::vector<std::string> named;                              ///< numbers that were asked a reference for
};

/// A town with one station, and what may happen to its calls.
struct Town {
  Town() {
    start();
    using stations::StationLevel;
    core::DefineStations stations;
    stations.stations = {
        {{"mabes"}, "Mabes", StationLevel::mabes, {}, *geo_point(106.8, -6.24), "Asia/Jakarta", {}},
        {{"polda"}, "Polda", StationLevel::polda, {"mabes"}, *geo_point(110.41, -7.76), "Asia/Jakarta", {}},
        {{"polres"}, "Polres", StationLevel::polres, {"polda"}, *geo_point(110.35, -7.71), "Asia/Jakarta", {}}};
    server->core.submit(stations);
    server->turns();
  }
  void start() {
    server = std::make_unique<Server>(journal, sealer, now, telephony, media, ids);
    for (const auto session : sessions) attach(session);
  }
  void kill() {
    server.reset();
    media.forget_server();
    telephony.server_died();
    for (auto& [session, page] : pages) page.sent.clear();
    start();
  }
  const core::State& state() const { return server->engine.state(); }
  /// As a page does that comes (back): what it has no voice for it asks for.
  void attach(SessionId session) {
    server->browsers.insert(session);
    server->core.submit(core::BrowserAttached{session},
                        [this, session](const Reply&) { server->switchboard.browser_attached(session); });
    server->turns();
    const auto* self = op(session);
    if (self && self->state == OperatorState::talking && (pages[session].call != self->call || !hears(pages[session])))
      server->switchboard.resume_voice(session, self->call);
    server->turns();
  }
  SessionId operator_ready(const std::string& login) {
    const auto session = signed_in(login, people::Role::operator_);
    server->ask(session, core::PassHeadset{});
    server->ask(session, core::BeReady{});
    return session;
  }
  SessionId signed_in(const std::string& login, people::Role role) {
    const PersonId person{state().next.person};
    server->ask(core::CommandLine{}, core::AddPerson{login, login, role, {"polres"}, "", "hash", true});
    const SessionId session{state().next.session};
    server->core.submit(core::SignIn{person, "h" + login});
    server->turns();
    sessions.push_back(session);
    attach(session);
    return session;
  }
  /// Pages answer what is beside calls; how many there were.
  std::size_t answer_beside() {
    const auto offers = std::exchange(server->beside, {});
    for (const auto& [session, offer] : offers) {
      server->switchboard.browser_answered(session, {offer.offer, "answer to " + offer.sdp});
      server->turns();
    }
    settle();
    return offers.size();
  }
  const people::Operator* op(SessionId session) const {
    const auto* found = state().people.session(session);
    return found ? state().people.operator_of(found->person) : nullptr;
  }
  void dial() {
    ++legs;
    telephony.dial({"leg" + std::to_string(legs)}, !describe_late || legs % 4 != 0);
    server->turns();
  }
  void news() {
    while (!telephony.news.empty()) {
      const auto next = std::move(telephony.news.front());
      telephony.news.pop_front();
      next();
    }
    server->turns();
  }
  /// The page takes the newest offer that it heard of: its answer is on its way.
  void page_answers(SessionId session) {
    const auto found = server->offered.find(session);
    if (found == server->offered.end()) return;
    auto& page = pages[session];
    page.call = found->second.call;
    page.answer = "answer to " + found->second.sdp;
    page.sent.push_back({found->second.offer, page.answer});
    server->offered.erase(found);
  }
  void answer_arrives(SessionId session) {
    auto& sent = pages[session].sent;
    if (sent.empty()) return;
    const auto answer = std::move(sent.front());
    sent.pop_front();
    server->switchboard.browser_answered(session, answer);
    server->turns();
  }
  void reload(SessionId session) {
    pages[session] = {};
    server->offered.erase(session);
    attach(session);
  }
  void pass(Duration time) {
    now = now + time;
    server->core.tick();
    EXPECT_TRUE(runtime::write_checkpoint(state(), server->engine.head(), journal, sealer));
    server->turns();
  }
  void media_dies() {
    media.die();
    for (auto& [session, page] : pages) page.call = {};  // its voice path is broken
    server->offered.clear();                             // what is on its way there leads nowhere
  }
  void media_comes_back() {
    media.up = true;
    server->switchboard.media_restarted();
    server->turns();
  }
  /// Whoever is rung picks up, or is busy.
  void callees(std::size_t pick) {
    std::vector<LegId> rung;
    for (const auto& [leg, dialog] : telephony.dialogs)
      if (dialog.placed && !dialog.picked_up) rung.push_back(leg);
    if (rung.empty()) return;
    const auto& leg = rung[pick % rung.size()];
    pick % 4 == 0 ? telephony.is_busy(leg) : telephony.picks_up(leg);
    called += pick % 4 != 0;
    server->turns();
  }
  /// All that is under way comes to its end.
  void settle() {
    for (int i = 0; i < 20; ++i) {
      do {
        news();
        callees(static_cast<std::size_t>(i));
      } while (media.step(0) || !telephony.news.empty());
      for (const auto session : sessions) page_answers(session), answer_arrives(session);
      pass(milliseconds(500));
    }
  }

  /// Many things in an order of chance, then rest, then everybody hangs up.
  /// `anew`: some describe their voice again, or for the first time when they are answered.
  void live(std::uint64_t seed, bool anew = true);

  sim::MemoryJournal journal;
  sim::OpenSealer sealer;
  Instant now{1'700'000'000'000};
  FakeTelephony telephony;
  FakeMedia media;
  std::int64_t ids = 0;
  int legs = 0;
  bool describe_late = false;
  int called = 0;  ///< who picked up
  struct Page {
    CallId call;
    std::string answer;  ///< its voice path
    std::deque<core::MediaAnswer> sent;
  };
  /// A voice comes over the page's path.
  bool hears(const Page& page) const {
    return std::any_of(media.bridged.begin(), media.bridged.end(),
                       [&](const auto& leg) { return leg.second == page.answer; });
  }
  std::map<SessionId, Page> pages;
  std::vector<SessionId> sessions;
  std::unique_ptr<Server> server;
};

void Town::live(std::uint64_t seed, bool anew) {
  describe_late = anew;
  for (int i = 0; i < 3; ++i) operator_ready("op" + std::to_string(i));
  sim::Random random(seed);
  sim::Random moving(seed + 1'000'000);  // of its own: an old seed stays what it was
  for (int step = 0; step < 150; ++step) {
    const auto pick = static_cast<std::size_t>(random.below(1000));
    const auto session = sessions[pick % sessions.size()];
    const auto* self = op(session);
    const auto what = random.below(100);
    if (random.chance(5) && !state().tasks.tasks.empty()) {
      auto it = state().tasks.tasks.begin();
      std::advance(it, pick % state().tasks.tasks.size());
      for (const auto who : sessions) server->ask(who, core::CallBack{it->first});  // whoever may, does
    }
    if (random.chance(5)) callees(pick);
    if (anew && moving.chance(5) && !telephony.dialogs.empty()) {
      auto it = telephony.dialogs.begin();
      std::advance(it, pick % telephony.dialogs.size());
      telephony.moves(it->first, "moved " + std::to_string(step));
      server->turns();
    }
    if (what < 8 && telephony.dialogs.size() < 8) {
      dial();
    } else if (what < 50) {
      media.step(pick);
      server->turns();
    } else if (what < 62) {
      news();
    } else if (what < 66 && !telephony.dialogs.empty()) {
      auto it = telephony.dialogs.begin();
      std::advance(it, pick % telephony.dialogs.size());
      telephony.caller_hangs_up(it->first);
      server->turns();
    } else if (what < 74 && self) {
      if (self->state == OperatorState::offered) server->ask(session, core::AcceptOffer{self->offer});
      if (self->state == OperatorState::not_ready) server->ask(session, core::BeReady{});
      if (self->state == OperatorState::wrap_up)
        server->ask(session, core::SetOutcome{self->call, calls::Outcome::genuine});
    } else if (what < 79) {
      page_answers(session);
    } else if (what < 84) {
      answer_arrives(session);
    } else if (what < 86 && self && self->state == OperatorState::talking) {
      server->ask(session, core::HangUp{self->call});
    } else if (what < 88) {
      reload(session);
    } else if (what < 90) {
      media.up ? media_dies() : media_comes_back();
      server->turns();
    } else if (what < 92) {
      kill();
    } else {
      pass(milliseconds(random.below(1000)));
    }
  }
  if (!media.up) media_comes_back();
  settle();
  for (const auto& [id, leg] : state().calls.legs) {
    ASSERT_TRUE(media.held.contains(id)) << id.value << " is in silence, seed " << seed;
    ASSERT_TRUE(media.learned.contains(id)) << id.value << " is not heard behind a NAT, seed " << seed;
    ASSERT_TRUE(leg.voice) << seed;
    ASSERT_TRUE(leg.told) << seed;
    ASSERT_EQ(telephony.dialogs.at(id).told, leg.our_sdp) << seed;
    ASSERT_EQ(media.follows[id], telephony.dialogs.at(id).sdp)
        << id.value << ": where nobody is any more, seed " << seed;
    ASSERT_EQ(telephony.dialogs.at(id).offered, "") << id.value << ": an offer waits for ever, seed " << seed;
    const auto* call = state().calls.find(id);
    ASSERT_TRUE(call) << seed;
    if (call->state == calls::CallState::talking) {
      ASSERT_TRUE(call->connected) << seed;
      const auto session = state().people.operator_of(call->operator_)->session;
      ASSERT_EQ(media.bridged[id], pages[session].answer) << id.value << ": two do not hear each other, seed " << seed;
    } else {
      ASSERT_FALSE(media.bridged.contains(id)) << "an operator is on a waiting caller, seed " << seed;
    }
  }
  ASSERT_EQ(server->switchboard.counts().voices, static_cast<std::int64_t>(state().calls.legs.size())) << seed;
  std::vector<LegId> there;
  for (const auto& [id, dialog] : telephony.dialogs) there.push_back(id);
  for (const auto& id : there) telephony.caller_hangs_up(id);
  server->turns();
  settle();
  ASSERT_TRUE(state().calls.legs.empty()) << seed;
  ASSERT_TRUE(telephony.dialogs.empty()) << seed;
  ASSERT_TRUE(media.held.empty()) << seed;
  ASSERT_EQ(state().outstanding.size(), 0u) << seed;
  ASSERT_EQ(server->switchboard.counts().legs, 0) << seed;
  ASSERT_EQ(server->switchboard.counts().voices, 0) << seed;
}

}  // namespace

TEST(SwitchboardTest, WhateverHappensNobodyIsLeftInSilenceAndNothingIsLeftOver) {
  const char* wanted = std::getenv("SIGAP_SEED");
  const char* seeds = std::getenv("SIGAP_SEEDS");
  const std::uint64_t first = wanted ? std::strtoull(wanted, nullptr, 10) : 1;
  const std::uint64_t last = wanted ? first : seeds ? std::strtoull(seeds, nullptr, 10) : 100;
  int called = 0;
  for (auto seed = first; seed <= last && !testing::Test::HasFatalFailure(); ++seed) {
    Town town;
    town.live(seed);
    called += town.called;
  }
  if (last - first >= 50) {
    EXPECT_GT(called, 10) << "too few were called back to show anything";
  }
}

TEST(SwitchboardTest, ACallerIsKnownByTheCanonicalNumberAndShownByTheOneThatWasSent) {
  Town town;
  town.telephony.dial({"leg-a"}, true, "0812-3456-789");
  town.telephony.dial({"leg-b"}, true, "628123456789");
  town.server->turns();
  EXPECT_EQ(town.server->named, (std::vector<std::string>{"+628123456789", "+628123456789"}));
  EXPECT_EQ(town.state().calls.find(LegId{"leg-a"})->number.value, "0812-3456-789");
  EXPECT_EQ(town.state().calls.find(LegId{"leg-b"})->number.value, "628123456789");
}

TEST(SwitchboardTest, APlaceThatComesLaterStandsWithTheCall) {
  Town town;
  town.telephony.dial({"leg-a"});
  town.server->turns();
  const Location place{*geo_point(110.36, -7.79), 20};
  town.telephony.listener->caller_moved({"leg-a"}, {place, "", "Jalan Melati 12"});
  town.telephony.listener->caller_moved({"nobody"}, {place, "", ""});
  town.server->turns();
  const auto* call = town.state().calls.find(LegId{"leg-a"});
  EXPECT_EQ(call->location.value, place);
  EXPECT_EQ(call->civic.value, "Jalan Melati 12");
}

TEST(SwitchboardTest, WhoListensHearsUntilTheCallIsOverAndIsInNobodysWay) {
  Town town;
  const auto session = town.operator_ready("op");
  const auto supervisor = town.signed_in("chief", people::Role::supervisor);
  town.dial();
  town.settle();
  town.server->ask(session, core::AcceptOffer{town.op(session)->offer});
  town.settle();
  const auto call = town.state().calls.calls.begin()->second;
  ASSERT_TRUE(call.connected);
  const auto talk = town.media.bridged.at(call.leg);
  town.server->ask(supervisor, core::ListenIn{call.id});
  town.settle();
  EXPECT_EQ(town.answer_beside(), 3u) << "to hear, to whisper, and at the operator";
  EXPECT_EQ(town.media.listeners.size(), 1u);
  EXPECT_EQ(town.media.held.size(), 3u);
  town.kill();
  town.settle();
  EXPECT_EQ(town.answer_beside(), 0u) << "nothing is asked of anybody";
  EXPECT_EQ(town.media.listeners.size(), 1u);
  EXPECT_EQ(town.media.held.size(), 3u);
  town.server->switchboard.resume_voice(supervisor, call.id);  // a page that was loaded anew
  town.settle();
  EXPECT_EQ(town.answer_beside(), 2u);
  EXPECT_EQ(town.media.listeners.size(), 1u);
  EXPECT_EQ(town.media.bridged.at(call.leg), talk) << "the call itself is as it was";
  town.server->switchboard.resume_voice(session, call.id);  // the operator's page was
  town.settle();
  town.answer_beside();
  town.answer_beside();
  EXPECT_EQ(town.media.listeners.size(), 1u) << "the voices are others, and heard again";
  ASSERT_TRUE(town.state().calls.listeners);
  town.telephony.caller_hangs_up(call.leg);
  town.settle();
  EXPECT_FALSE(town.state().calls.listeners);
  EXPECT_TRUE(town.media.held.empty());
  EXPECT_TRUE(town.state().outstanding.empty());
}

TEST(SwitchboardTest, ALostMediaProcessEndsTheListeningAndMendsTheCall) {
  Town town;
  const auto session = town.operator_ready("op");
  const auto supervisor = town.signed_in("chief", people::Role::supervisor);
  town.dial();
  town.settle();
  town.server->ask(session, core::AcceptOffer{town.op(session)->offer});
  town.settle();
  const auto call = town.state().calls.calls.begin()->second.id;
  town.server->ask(supervisor, core::ListenIn{call});
  town.settle();
  town.answer_beside();
  town.media_dies();
  town.media_comes_back();
  town.settle();
  EXPECT_FALSE(town.state().calls.listeners);
  EXPECT_EQ(town.op(session)->state, OperatorState::talking);
  EXPECT_TRUE(town.state().calls.find(call)->connected);
  town.server->ask(supervisor, core::ListenIn{call});
  town.settle();
  EXPECT_EQ(town.answer_beside(), 3u) << "and may be asked for again";
}

/// The server died with an answer to a voice path that was being made anew: the journal said "connected", the page had
/// a path to nowhere, and neither asked.
TEST(SwitchboardTest, ATextIsAnsweredWhenItIsWrittenAndKnownAfterADeath) {
  Town town;
  const auto& answered = town.telephony.texts_answered;
  ports::IncomingText text{{"t1"}, "name", {"trunk"}, "0812 3456-789", {}, "tolong"};
  town.server->switchboard.text_arrived(text);
  EXPECT_TRUE(answered.empty()) << "not before it is written";
  town.server->turns();
  ASSERT_EQ(answered.size(), 1u);
  EXPECT_EQ(answered[0], std::pair(LegId{"t1"}, 202));
  EXPECT_EQ(town.server->named.back(), "+628123456789")
      << "known by the canonical number, shown by the one that was sent";
  town.pass(seconds(1));
  town.kill();
  text.id = {"t2"};
  town.server->switchboard.text_arrived(text);
  town.server->turns();
  EXPECT_EQ(answered.back(), std::pair(LegId{"t2"}, 202));
  ASSERT_EQ(town.state().tasks.tasks.size(), 1u);
  const auto& task = town.state().tasks.tasks.begin()->second;
  ASSERT_TRUE(task.texts);
  ASSERT_EQ(task.texts->size(), 1u) << "said twice, it is one";
  EXPECT_EQ(*task.texts->at(0).text.reveal(), "tolong");
  EXPECT_EQ(*task.number.reveal(), "0812 3456-789");
}

TEST(SwitchboardTest, AnAnswerThatDiedWithTheServerLeavesNobodyInSilence) {
  for (const std::uint64_t seed : {684, 4158, 4968}) Town().live(seed, false);
}

}  // namespace sigap::runtime
