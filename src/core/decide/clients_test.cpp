// Programs of somebody else's: two administrators, keys that overlap, answers that count like the unit's, reports that
// alarm until a desk attends.
#include <gtest/gtest.h>

#include "core/access/nation_of_access_tests.h"
#include "core/decide/clients.h"

namespace sigap::core::access {
namespace {

using clients::Scope, clients::Topic;

constexpr auto kUrl = "https://bos.example/sigap";

struct ClientsTest : testing::Test, Nation {
  Verdict by(const std::string& name, Command command, const std::string& token = "TOKEN") {
    return say(CommandAsked{ApiClient{name}, std::move(command), token, "hash of " + token}).refusal;
  }
  static std::string code(const Verdict& verdict) { return verdict ? verdict->code : ""; }
  AddClient program(const std::string& name, const std::string& station) {
    return {name, {station}, {Scope::told, Scope::answers, Scope::reports}, {Topic::alert}, kUrl};
  }
  const clients::Client& client(const std::string& name) { return *find_client(state, name); }
  /// Made on the server itself: nobody has to agree.
  void made(const std::string& name, const std::string& station) {
    ASSERT_FALSE(say(CommandAsked{CommandLine{}, program(name, station), name, "h"}).refusal);
  }
  void proved(const std::string& who) { say(ProofGiven{session(who), true}); }
  ApprovalId waiting() const { return state.people.approvals.begin()->first; }
  dispatch::AlertStatus status() { return state.dispatch.alert(alert)->status; }
};

}  // namespace

TEST_F(ClientsTest, OneAdministratorAloneMakesNone) {
  proved("administrator@polda");
  ASSERT_FALSE(say(CommandAsked{CommandLine{},
                                AddPerson{"second", "SECOND", Role::administrator, {"polda"}, "", "PW", true}, "", ""})
                   .refusal);
  ASSERT_EQ(code(ask("administrator@polda", program("bos", "polda"))), "");
  EXPECT_TRUE(client("bos").disabled);
  EXPECT_FALSE(client("bos").key.known()) << "nobody signs by it yet";
  EXPECT_EQ(code(by("bos", AdvanceAlert{alert, dispatch::AlertStatus::acknowledged})), "not_allowed");
  EXPECT_EQ(code(ask("administrator@polda", Agree{waiting()})), "not_allowed");
  EXPECT_EQ(code(say(CommandAsked{CommandLine{}, Agree{waiting()}, "", ""}).refusal), "");
  EXPECT_FALSE(client("bos").disabled);
  EXPECT_EQ(*client("bos").key.value, client_key_of("token"));
  // More than before waits again; less does not.
  const auto id = client("bos").id;
  ASSERT_EQ(code(ask("administrator@polda", ChangeClient{id, {"polda"}, {Scope::told}, {Topic::alert}, kUrl})), "");
  EXPECT_FALSE(client("bos").disabled);
  ASSERT_EQ(code(ask("administrator@polda",
                     ChangeClient{id, {"polda"}, {Scope::told, Scope::personal}, {Topic::alert}, kUrl})),
            "");
  EXPECT_TRUE(client("bos").disabled);
}

TEST_F(ClientsTest, AKeyBeforeCountsOnForADay) {
  made("bos", "polda");
  const auto before = *client("bos").key.value;
  ASSERT_FALSE(say(CommandAsked{CommandLine{}, RotateClientKey{client("bos").id}, "other", "h"}).refusal);
  EXPECT_EQ(*client("bos").key.value, client_key_of("other"));
  EXPECT_EQ(*client("bos").key_before->value, before);
  EXPECT_EQ(client("bos").key_before_until, now + hours(24));
  ASSERT_FALSE(say(CommandAsked{CommandLine{}, DisableClient{client("bos").id}, "", ""}).refusal);
  EXPECT_FALSE(client("bos").key_before);
  EXPECT_EQ(code(say(CommandAsked{CommandLine{}, RotateClientKey{client("bos").id}, "x", "h"}).refusal), "disabled");
}

TEST_F(ClientsTest, ItsAnswerCountsLikeTheUnits) {
  made("bos", "polres-a");
  ASSERT_TRUE(state.timers.runs(TimerKind::alert, alert.value));
  ASSERT_EQ(code(by("bos", AdvanceAlert{alert, dispatch::AlertStatus::acknowledged})), "");
  EXPECT_EQ(status(), dispatch::AlertStatus::acknowledged);
  EXPECT_EQ(state.dispatch.alert(alert)->via, dispatch::Via::client);
  EXPECT_FALSE(state.timers.runs(TimerKind::alert, alert.value)) << "the chain stops";
  EXPECT_EQ(code(by("bos", AdvanceAlert{alert, dispatch::AlertStatus::acknowledged})), "not_forward");
  EXPECT_EQ(code(by("bos", DeclineAlert{alert})), "busy");
  EXPECT_EQ(code(ask("officer@polres-a", AdvanceAlert{alert, dispatch::AlertStatus::en_route})), "");
  EXPECT_EQ(code(by("bos", AdvanceAlert{alert, dispatch::AlertStatus::done})), "");
  EXPECT_EQ(code(by("bos", AdvanceAlert{alert, dispatch::AlertStatus::done})), "gone");
}

TEST_F(ClientsTest, ADeclineAsksTheNextUnitOrAlarms) {
  made("bos", "polda");
  ASSERT_EQ(code(by("bos", DeclineAlert{alert})), "");
  EXPECT_FALSE(state.dispatch.alert(alert));
  EXPECT_EQ(code(by("bos", AdvanceAlert{alert, dispatch::AlertStatus::acknowledged})), "gone");
}

TEST_F(ClientsTest, ItReachesItsStationsAndHasItsScopes) {
  made("bos", "polres-b");
  EXPECT_EQ(code(by("bos", AdvanceAlert{alert, dispatch::AlertStatus::acknowledged})), "not_allowed");
  EXPECT_EQ(status(), dispatch::AlertStatus::sent);
  ASSERT_FALSE(
      say(CommandAsked{CommandLine{}, AddClient{"reader", {"polda"}, {Scope::told}, {Topic::alert}, kUrl}, "t", "h"})
          .refusal);
  EXPECT_EQ(code(by("reader", AdvanceAlert{alert, dispatch::AlertStatus::acknowledged})), "not_allowed");
  EXPECT_EQ(code(by("reader", OpenReport{.key = "1", .point = *geo_point(110.3, -7.7)})), "not_allowed");
  EXPECT_EQ(code(by("stranger", DeclineAlert{alert})), "signed_out");
  EXPECT_EQ(code(by("bos", OpenReport{.key = "1", .point = *geo_point(110.3, -7.7)})), "not_allowed")
      << "nearest to a station that it does not reach";
}

TEST_F(ClientsTest, AReportAlarmsUntilADeskAttendsAndIsOneHoweverOftenItIsSaid) {
  made("polisiku", "polda");
  OpenReport report{.key = "k1", .point = *geo_point(110.301, -7.701)};
  report.incident_type = incidents::IncidentType::theft;
  report.notes = "NOTES";
  report.number = "0812-000";
  const IncidentId id{state.next.incident};
  ASSERT_EQ(code(by("polisiku", report)), "");
  ASSERT_EQ(code(by("polisiku", report, "ANOTHER")), "");
  EXPECT_EQ(state.next.incident, id.value + 1);
  const auto& opened = *state.incidents.find(id);
  EXPECT_EQ(opened.station.value, "polres-a");
  EXPECT_EQ(opened.origin, incidents::Origin::app);
  EXPECT_EQ(opened.type, incidents::IncidentType::theft);
  EXPECT_EQ(opened.tracking_hash, "hash of TOKEN");
  EXPECT_EQ(opened.place.value->point, report.point);
  ASSERT_EQ(state.tasks.alarms.at(id).size(), 1u);
  const auto alarm = *state.tasks.alarms.at(id).begin();
  EXPECT_EQ(state.tasks.find(alarm)->kind, tasks::TaskKind::app_report);
  ASSERT_EQ(code(ask("operator@polres-a", EditIncident{id, {}, {}, {}, "ATTENDED", {}})), "");
  EXPECT_FALSE(state.tasks.find(alarm));
  EXPECT_EQ(code(by("polisiku", OpenReport{.key = "k2", .point = *geo_point(90.0, -30.0)})), "outside");
  EXPECT_EQ(code(by("polisiku", OpenReport{.key = "", .point = report.point})), "invalid");
}

TEST_F(ClientsTest, WhatCouldNotBeToldStandsUntilItIsAskedForAgain) {
  made("bos", "polda");
  const auto id = client("bos").id;
  say(DeliveriesStand{id, "status 500", {}});
  EXPECT_EQ(client("bos").trouble, "status 500");
  const auto since = client("bos").unreached;
  now.ms += 1'000;
  say(DeliveriesStand{id, "status 500", {{7, Topic::alert, incident, now}}});
  EXPECT_EQ(client("bos").unreached, since);
  EXPECT_EQ(client("bos").dead.size(), 1u);
  EXPECT_TRUE(say(DeliveriesStand{id, "status 500", {}}).events.empty()) << "nothing is new";
  ASSERT_FALSE(say(CommandAsked{CommandLine{}, ReplayDeliveries{id}, "", ""}).refusal);
  EXPECT_TRUE(client("bos").dead.empty());
  say(DeliveriesStand{id, "", {}});
  EXPECT_FALSE(client("bos").unreached);
}

}  // namespace sigap::core::access
