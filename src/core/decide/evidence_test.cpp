// Recordings are heard by who may, with a reason that is written down; what is held is not forgotten until two let it
// go; what leaves the house is written down.
#include "core/testing/nation_of_tests.h"
#include "core/views/project.h"

namespace sigap::core {
namespace {

using people::Role;

struct Court : Nation {
  PersonId desk_id = add("desk", Role::operator_, "polres-sleman");
  PersonId other_id = add("other", Role::operator_, "polres-sleman");
  SessionId desk = sign_in(desk_id), other = sign_in(other_id);
  SessionId supervisor = sign_in(add("head", Role::supervisor, "polres-sleman"));
  SessionId above = sign_in(add("above", Role::supervisor, "polda-diy"));
  SessionId neighbour = sign_in(add("neighbour", Role::supervisor, "polres-bantul"));
  SessionId first = sign_in(add("admin1", Role::administrator, "polda-diy"));
  SessionId second = sign_in(add("admin2", Role::administrator, "polda-diy"));
  KnownCall known;

  Court() {
    known.call = {901};
    known.station = {"polres-sleman"};
    known.operator_ = desk_id;
    known.records = {{{901}}, {{903}}, {{904}}};
    known.recording = {7};
  }
  std::string code() const { return refusal ? refusal->code : ""; }
  void about(SessionId who, Command command, std::optional<KnownCall> what) {
    CommandAsked in{SignedIn{who}, std::move(command), "token", "hash", {}, std::move(what)};
    say(in);
  }
  void play(SessionId who, std::string reason = "keluhan penelepon") {
    about(who, PlayRecording{{901}, std::move(reason)}, known);
  }
  void hold(SessionId who) { about(who, PlaceHold{{901}, "penyidikan LP/12/XI/2026"}, known); }
  void lift(SessionId who) { ask(who, LiftHold{{901}, "perkara sudah inkrah"}); }
};

}  // namespace

TEST(EvidenceTest, ARecordingIsHeardWithAReasonBySupervisorsOfItsStationAndByWhoSpoke) {
  Court c;
  for (const auto who : {c.supervisor, c.above, c.desk}) {
    c.play(who);
    EXPECT_EQ(c.code(), "");
    const auto played = c.happened<privacy::RecordingPlayed>();
    ASSERT_EQ(played.size(), 1u);
    EXPECT_EQ(played[0].session, who);
    EXPECT_EQ(*played[0].reason.reveal(), "keluhan penelepon");
    EXPECT_EQ(played[0].reason.subject, subject_of(played[0].person)) << "it outlives the call";
  }
  for (const auto who : {c.other, c.neighbour, c.first}) {
    c.play(who);
    EXPECT_EQ(c.code(), "not_allowed");
    EXPECT_TRUE(c.happened<privacy::RecordingPlayed>().empty());
    EXPECT_EQ(c.happened<people::CommandRefused>().size(), 1u) << "who tried is written down";
  }
}

TEST(EvidenceTest, WithoutAReasonOrARecordingNothingIsHeard) {
  Court c;
  c.play(c.supervisor, "short");
  EXPECT_EQ(c.code(), "invalid");
  c.play(c.supervisor, std::string(501, 'x'));
  EXPECT_EQ(c.code(), "invalid");
  c.about(c.supervisor, PlayRecording{{901}, "keluhan penelepon"}, std::nullopt);
  EXPECT_EQ(c.code(), "unknown");
  c.known.recording = {};
  c.play(c.supervisor);
  EXPECT_EQ(c.code(), "not_recorded");
}

TEST(EvidenceTest, WhatIsHeldIsForgottenNeitherByTimeNorByRequest) {
  Court c;
  c.hold(c.neighbour);
  EXPECT_EQ(c.code(), "not_allowed");
  c.hold(c.supervisor);
  ASSERT_EQ(c.code(), "");
  c.hold(c.supervisor);
  EXPECT_EQ(c.code(), "held");
  const Records all{{{901}, {902}}, {{903}}, {{904}}};
  c.say(RetentionOver{all});
  const auto forgotten = c.happened<privacy::RecordsForgotten>();
  ASSERT_EQ(forgotten.size(), 1u);
  EXPECT_EQ(forgotten[0].records, (Records{{{902}}, {}, {}})) << "what is not held";
  c.say(RecordingsOver{{{901}, {902}}});
  EXPECT_EQ(c.happened<privacy::RecordingsDropped>().at(0).calls, (std::vector<CallId>{{902}}));
  CommandAsked in{
      SignedIn{c.first}, ForgetCaller{"+6281", "Surat B/12/XI/2026"}, "t", "h", CallerRecords{{77}, all}, {}};
  c.say(in);
  EXPECT_EQ(c.code(), "held");
}

TEST(EvidenceTest, AHoldThatCameWhileARequestWaitedIsStronger) {
  Court c;
  CommandAsked in{SignedIn{c.first},
                  ForgetCaller{"+6281", "Surat B/12/XI/2026"},
                  "t",
                  "h",
                  CallerRecords{{77}, {{{901}, {902}}, {}, {}}},
                  {}};
  c.say(in);
  ASSERT_EQ(c.code(), "");
  c.hold(c.supervisor);
  c.ask(c.second, Agree{c.state.people.approvals.begin()->first});
  EXPECT_EQ(c.happened<privacy::RecordsForgotten>().at(0).records, (Records{{{902}}, {}, {}}));
}

TEST(EvidenceTest, TwoAdministratorsLiftAHold) {
  Court c;
  c.hold(c.supervisor);
  c.lift(c.supervisor);
  EXPECT_EQ(c.code(), "not_allowed") << "who keeps does not let go";
  c.lift(c.first);
  ASSERT_EQ(c.code(), "");
  EXPECT_TRUE(c.state.holds->contains({901})) << "another has to agree";
  const auto approval = c.state.people.approvals.begin()->first;
  c.ask(c.first, Agree{approval});
  EXPECT_EQ(c.code(), "not_allowed");
  const views::View v{c.state, c.positions, c.policy, *c.state.people.person(c.state.people.session(c.second)->person)};
  const auto card = views::card(v, approval);
  ASSERT_TRUE(card);
  EXPECT_EQ(card->call, CallId{901});
  EXPECT_EQ(card->reason, "perkara sudah inkrah");
  c.ask(c.second, Agree{approval});
  ASSERT_EQ(c.happened<privacy::HoldLifted>().size(), 1u);
  EXPECT_TRUE(c.state.holds->empty());
  c.say(RetentionOver{{{{901}}, {}, {}}});
  EXPECT_EQ(c.happened<privacy::RecordsForgotten>().size(), 1u);
  c.lift(c.first);
  EXPECT_EQ(c.code(), "unknown");
}

TEST(EvidenceTest, TheIncidentOfACallThatGoesOnIsHeldAsWell) {
  Court c;
  c.operator_ready("ready", "polres-sleman");
  const auto call = c.arrives("polres-sleman");
  c.ask(c.state.people.session_of(c.state.people.by_login("op-ready")->id)->id,
        AcceptOffer{c.state.offers.begin()->first});
  const auto incident = c.state.calls.find(call)->incident;
  ASSERT_TRUE(incident);
  KnownCall live;  // as far as the index has read
  live.call = call;
  live.station = {"polres-sleman"};
  live.records.calls = {call};
  c.about(c.supervisor, PlaceHold{call, "penyidikan LP/12/XI/2026"}, live);
  EXPECT_EQ(c.happened<privacy::HoldPlaced>().at(0).records, (Records{{call}, {incident}, {}}));
}

TEST(EvidenceTest, AnExportIsWrittenDownAndOnlyFromTheServersOwnCommandLine) {
  Court c;
  const ExportEvidence taken{{901}, "permintaan penyidik B/7", std::string(64, 'a')};
  const auto from_server = [&](const ExportEvidence& command, std::optional<KnownCall> known) {
    CommandAsked in{CommandLine{}, command, "t", "h", {}, std::move(known)};
    c.say(in);
  };
  c.about(c.first, taken, c.known);
  EXPECT_EQ(c.code(), "not_allowed");
  from_server(taken, std::nullopt);
  EXPECT_EQ(c.code(), "unknown");
  from_server({{901}, "permintaan penyidik B/7", "not a hash"}, c.known);
  EXPECT_EQ(c.code(), "invalid");
  from_server(taken, c.known);
  EXPECT_EQ(c.code(), "");
  EXPECT_EQ(c.happened<privacy::EvidenceExported>().at(0).sha256, taken.sha256);
  EXPECT_EQ(c.last.front().actor->reason, "command line");
}

}  // namespace sigap::core
