// Attacks on the SIP door, by real sockets on the real stack: floods of strangers, answers led elsewhere, requests
// within somebody else's dialog, sound led to us, messages too long to be kept.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "adapters/sip/raw_phone.h"
#include "adapters/sip/recorder.h"
#include "adapters/sip/sip_hand.h"
#include "base/characters.h"

namespace sigap::sip {
namespace {

constexpr char kStranger[] = "127.0.0.2", kOtherTrunk[] = "127.0.0.3", kSecondAddress[] = "127.0.0.4",
               kEdge[] = "127.0.0.5", kVictim[] = "127.0.0.9";

class SipDoorTest : public testing::Test {
 protected:
  void SetUp() override { start(); }
  void TearDown() override { hand.stop(); }
  void start(std::vector<ports::LegRecord> records = {}) {
    SipConfig config{"127.0.0.1",
                     0,
                     {{{"telkom"}, {"127.0.0.1", kSecondAddress}}, {{"own"}, {kOtherTrunk}}, {{"far"}, {"192.0.2.1"}}},
                     "Sigap",
                     1000,
                     0,
                     {kEdge}};
    config.report_every = milliseconds(300);
    config.own_addresses = {"198.51.100.7"};
    const auto started = hand.start(config, heard, std::move(records));
    ASSERT_TRUE(started) << started.error().message;
    heard.written = [this](const LegId& leg) { hand.hang_up(leg); };
  }
  const ports::IncomingCall& call(std::size_t n = 0) {
    EXPECT_TRUE(heard.wait([&] { return heard.arrived.size() > n; }));
    return heard.arrived.at(n);
  }
  void connect(RawPhone& phone) {
    phone.say(phone.invite());
    hand.answer(call().leg, RawPhone::sdp());
    ASSERT_EQ(phone.status(), 200);
    phone.say(phone.request("ACK", 1));
    ASSERT_TRUE(heard.wait([&] { return heard.confirmed.size() == 1; }));
  }
  /// All that was said before has been looked at: who asks after it was answered.
  void settle() {
    RawPhone phone(hand.port(), false);
    phone.say(phone.request("OPTIONS", 1));
    ASSERT_EQ(phone.status(10'000), 200);
  }

  Recorder heard;
  SipHand hand;
};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

/// What the phone would send if it stood where the victim stands, and its request knew the victim's dialog.
void impersonate(RawPhone& attacker, const RawPhone& victim) {
  attacker.call_id = victim.call_id;
  attacker.to_tag = victim.to_tag;
}
std::string via_of(const RawPhone& attacker, const RawPhone& victim, std::string request) {
  return replaced(std::move(request), "UDP " + attacker.here(), "UDP " + victim.here());
}

}  // namespace

TEST_F(SipDoorTest, AFloodOfStrangersCostsNoTransactionAndNoGoodCall) {
  constexpr int kFlood = 3000, kBurst = 50, kGood = 20;
  RawPhone stranger(hand.port(), false, kStranger);
  std::vector<std::unique_ptr<RawPhone>> callers;
  const auto began = std::chrono::steady_clock::now();
  int answers = 0;
  for (int sent = 0; sent < kFlood;) {
    for (int i = 0; i < kBurst; ++i, ++sent) {
      stranger.call_id = "flood" + std::to_string(sent);
      stranger.say(sent % 3 ? stranger.invite() : stranger.request(sent % 2 ? "REGISTER" : "OPTIONS", 1));
    }
    if (sent % (kFlood / kGood) == 0) {
      callers.push_back(std::make_unique<RawPhone>(hand.port(), false));
      callers.back()->say(callers.back()->invite());
    }
    settle();  // no faster than they are read: what the kernel drops would prove nothing
    while (!stranger.hear(5).empty()) ++answers;
  }
  ASSERT_EQ(callers.size(), static_cast<std::size_t>(kGood));
  EXPECT_TRUE(heard.wait([&] { return heard.arrived.size() == kGood; })) << heard.arrived.size();
  EXPECT_EQ(hand.transactions(), kGood) << "a stranger has none";
  EXPECT_EQ(hand.health().strangers, kFlood);
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - began).count() + 2;
  EXPECT_LE(answers, 20 * seconds);
  EXPECT_GT(answers, 0) << "a carrier at an address that was not configured learns it";
  for (std::size_t i = 0; i < callers.size(); ++i) {
    hand.answer(heard.arrived[i].leg, RawPhone::sdp());
    EXPECT_EQ(callers[i]->status(), 200);
  }
}

TEST_F(SipDoorTest, AStrangerIsAnsweredOnceOrNotAtAllWhateverTheySay) {
  for (const bool tcp : {false, true}) {
    for (const std::string method : {"INVITE", "OPTIONS", "REGISTER", "MESSAGE", "SUBSCRIBE", "DANCE"}) {
      RawPhone stranger(hand.port(), tcp, kStranger);
      stranger.say(stranger.request(method, 1));
      EXPECT_EQ(stranger.status(), 403) << method;
      EXPECT_EQ(stranger.status(700), 0) << method << ": said again";
    }
    for (const std::string method : {"ACK", "CANCEL"}) {
      RawPhone stranger(hand.port(), tcp, kStranger);
      stranger.say(stranger.request(method, 1));
      EXPECT_EQ(stranger.hear(200), "") << method;
    }
    for (const std::string method : {"BYE", "INVITE", "UPDATE", "INFO", "PRACK"}) {
      RawPhone stranger(hand.port(), tcp, kStranger);
      stranger.to_tag = "0123456789abcdef0123456789abcdef";
      stranger.say(stranger.request(method, 1));
      EXPECT_EQ(stranger.hear(200), "") << method;
    }
    RawPhone stranger(hand.port(), tcp, kStranger);
    stranger.say(RawPhone::reply_to(stranger.request("INVITE", 1)));
    EXPECT_EQ(stranger.hear(200), "") << "a response";
  }
  EXPECT_EQ(hand.transactions(), 0);
  EXPECT_TRUE(heard.arrived.empty());
}

TEST_F(SipDoorTest, BrokenMessagesOfStrangersAreAnsweredOnceAtMost) {
  RawPhone stranger(hand.port(), false, kStranger);
  const auto invite = stranger.invite();
  for (const auto& broken :
       {replaced(invite, "CSeq: 1 INVITE", "CSeq: x"), replaced(invite, "SIP/2.0\r\nVia", "SIP/3.0\r\nVia"),
        replaced(invite, "Content-Length: ", "Content-Length: 9"), std::string("hello\r\n\r\n")})
    stranger.say(broken);
  settle();
  int answers = 0;
  while (!stranger.hear(300).empty()) ++answers;
  EXPECT_LE(answers, 4) << "each of them once at most";
  EXPECT_TRUE(heard.arrived.empty());
  EXPECT_EQ(hand.transactions(), 0);
  // Without the empty line it comes by another way, and no further.
  RawPhone other(hand.port(), false, kStranger);
  const auto headers = other.request("OPTIONS", 1);
  other.say(headers.substr(0, headers.size() - 2));
  EXPECT_TRUE(other.status(300) == 0 || other.last.find(" 403 ") != std::string::npos);
  EXPECT_EQ(hand.transactions(), 0);
}

TEST_F(SipDoorTest, AnAnswerGoesWhereTheRequestCameFrom) {
  for (const auto* from : {"127.0.0.1", kStranger}) {
    RawPhone phone(hand.port(), false, from);
    RawPhone victim(hand.port(), false, kVictim, phone.port());
    const auto elsewhere = std::string(kVictim) + ":" + std::to_string(phone.port());
    const std::vector<std::string> ways = {
        ";rport;maddr=" + std::string(kVictim), ";maddr=" + std::string(kVictim), ";received=" + std::string(kVictim),
        ";received=" + std::string(kVictim) + ";rport=" + std::to_string(phone.port())};
    int n = 0;
    const auto ask = [&](const std::string& message) {
      phone.say(message);
      EXPECT_NE(phone.status(), 0) << message;
      phone.to_tag.clear();
    };
    for (const auto& way : ways) {
      phone.call_id = "reflect" + std::to_string(n++);
      ask(replaced(phone.request("OPTIONS", 1), ";rport", way));
      phone.call_id = "reflect" + std::to_string(n++);
      ask(replaced(replaced(phone.request("OPTIONS", 1), ";rport", way), "UDP " + phone.here(), "UDP " + elsewhere));
      if (from != std::string("127.0.0.1")) continue;
      // What sofia answers by itself: 400, 505, and our own refusals.
      phone.call_id = "reflect" + std::to_string(n++);
      ask(replaced(replaced(phone.request("OPTIONS", 1), ";rport", way), "CSeq: 1 OPTIONS", "CSeq: x"));
      ask(replaced(replaced(phone.request("OPTIONS", 1), ";rport", way), "SIP/2.0\r\nVia", "SIP/3.0\r\nVia"));
      phone.call_id = "reflect" + std::to_string(n++);
      ask(replaced(phone.request("DANCE", 1), ";rport", way));
    }
    EXPECT_EQ(victim.hear(300), "");
  }
}

TEST_F(SipDoorTest, AnInvitesAnswersGoWhereItCameFrom) {
  RawPhone phone(hand.port(), false);
  RawPhone victim(hand.port(), false, kVictim, phone.port());
  phone.say(replaced(phone.invite(), ";rport", ";rport;maddr=" + std::string(kVictim)));
  hand.ring(call().leg);
  EXPECT_EQ(phone.status(), 180);
  hand.refuse(call().leg, 503);
  EXPECT_EQ(phone.status(), 503);
  EXPECT_EQ(phone.status(1000), 503) << "said again until it is confirmed";
  EXPECT_EQ(victim.hear(5), "");
}

TEST_F(SipDoorTest, RequestsWithinADialogAreBelievedFromItsOwnTrunkAlone) {
  RawPhone phone(hand.port(), false);
  connect(phone);
  for (const auto* from : {kStranger, kOtherTrunk}) {
    RawPhone attacker(hand.port(), false, from);
    impersonate(attacker, phone);
    for (const auto& request :
         {attacker.request("BYE", 90),
          attacker.request("INVITE", 91, "Content-Type: application/sdp\r\n",
                           replaced(RawPhone::sdp(), "audio 4000", "audio 4444")),
          attacker.request("UPDATE", 92, "Content-Type: application/sdp\r\n", RawPhone::sdp()),
          attacker.request("INFO", 93, "Content-Type: application/dtmf\r\n", "5"), attacker.request("PRACK", 94),
          attacker.request("OPTIONS", 95), attacker.request("DANCE", 96)}) {
      attacker.say(request);
      attacker.say(via_of(attacker, phone, replaced(request, "z9hG4bK", "z9hG4bKb")));
    }
    settle();
    EXPECT_EQ(attacker.hear(200), "") << from;
  }
  EXPECT_EQ(phone.hear(5), "");
  EXPECT_TRUE(heard.ended.empty());
  EXPECT_TRUE(heard.described.empty());
  EXPECT_EQ(heard.keys, "");
  EXPECT_GE(hand.health().intruders, 20);
  EXPECT_EQ(hand.health().legs, 1);
  // Another address of the same trunk, whose counting nobody disturbed.
  RawPhone second(hand.port(), false, kSecondAddress);
  impersonate(second, phone);
  second.say(second.request("BYE", 2));
  EXPECT_EQ(second.status(), 200);
  EXPECT_TRUE(heard.wait([&] { return heard.ended.size() == 1; }));
}

TEST_F(SipDoorTest, ACancelIsBelievedFromTheTrunkOfItsInvite) {
  RawPhone phone(hand.port(), false);
  phone.say(phone.invite());
  (void)call();
  for (const auto* from : {kStranger, kOtherTrunk}) {
    RawPhone attacker(hand.port(), false, from);
    attacker.call_id = phone.call_id;
    attacker.say(via_of(attacker, phone, attacker.request("CANCEL", 1)));
    settle();
    EXPECT_TRUE(heard.ended.empty()) << from;
    EXPECT_EQ(hand.health().legs, 1) << from;
  }
  while (!phone.hear(5).empty()) continue;
  phone.say(phone.request("CANCEL", 1));
  EXPECT_TRUE(heard.wait([&] { return heard.ended.size() == 1; }));
}

TEST_F(SipDoorTest, AnEdgeIsBelievedWhereItNamesTheTrunkOfTheDialogOrSpeaksForItself) {
  RawPhone edge(hand.port(), false, kEdge);
  edge.say(edge.invite("X-Sigap-Trunk: telkom\r\n"));
  EXPECT_EQ(call().trunk.value, "telkom");
  hand.ring(call().leg);
  ASSERT_EQ(edge.status(), 180);
  edge.to_tag.clear();
  edge.say(edge.request("CANCEL", 1));
  EXPECT_TRUE(heard.wait([&] { return heard.ended.size() == 1; })) << "an edge's own CANCEL names nobody";

  RawPhone next(hand.port(), false, kEdge);
  next.say(next.invite("X-Sigap-Trunk: telkom\r\n"));
  hand.answer(call(1).leg, RawPhone::sdp());
  ASSERT_EQ(next.status(), 200);
  next.say(next.request("ACK", 1));
  ASSERT_TRUE(heard.wait([&] { return heard.confirmed.size() == 1; }));
  next.say(next.request("BYE", 2, "X-Sigap-Trunk: own\r\n"));
  EXPECT_EQ(next.hear(300), "") << "through the edge, and another trunk's all the same";
  next.say(next.request("BYE", 3, "X-Sigap-Trunk: telkom\r\n"));
  EXPECT_EQ(next.status(), 200);

  RawPhone unknown(hand.port(), false, kEdge);
  unknown.say(unknown.invite("X-Sigap-Trunk: nobody\r\n"));
  EXPECT_EQ(unknown.status(), 403) << "an edge is told what is wrong with its configuration";
}

TEST_F(SipDoorTest, ARestoredDialogKeepsItsTrunk) {
  RawPhone phone(hand.port(), false);
  connect(phone);
  const auto port = hand.port();
  ports::LegRecord record{call().leg, call().invite, RawPhone::sdp(), true, true};
  record.trunk = call().trunk;
  hand.stop();
  SipConfig config{"127.0.0.1", port, {{{"telkom"}, {"127.0.0.1"}}, {{"own"}, {kOtherTrunk}}}, "Sigap", 1000, 1000};
  ASSERT_TRUE(hand.start(config, heard, {record}));
  RawPhone attacker(hand.port(), false, kOtherTrunk);
  impersonate(attacker, phone);
  attacker.say(attacker.request("BYE", 5));
  settle();
  EXPECT_TRUE(heard.ended.empty());
  phone.say(phone.request("BYE", 2));
  EXPECT_EQ(phone.status(), 200);
}

TEST_F(SipDoorTest, SoundIsNotSentToThisMachineOnTheWordOfWhoIsElsewhere) {
  auto ask = [&, n = std::size_t{0}](const std::string& trunk, const std::string& address) mutable {
    const std::string v = address.find(':') == std::string::npos ? "IN IP4 " : "IN IP6 ";
    RawPhone edge(hand.port(), false, kEdge);
    edge.say(edge.request("INVITE", 1, "Content-Type: application/sdp\r\nX-Sigap-Trunk: " + trunk + "\r\n",
                          replaced(RawPhone::sdp(), "c=IN IP4 127.0.0.1", "c=" + v + address)));
    const auto& turned = call(n++).turned_away;
    return turned ? turned->status : 0;
  };
  EXPECT_EQ(ask("far", "127.0.0.1"), 488);
  EXPECT_EQ(ask("far", "127.9.9.9"), 488);
  EXPECT_EQ(ask("far", "198.51.100.7"), 488) << "an address of ours";
  EXPECT_EQ(ask("far", "224.0.1.75"), 488);
  EXPECT_EQ(ask("far", "255.255.255.255"), 488);
  EXPECT_EQ(ask("far", "192.0.2.1"), 0);
  EXPECT_EQ(ask("far", "10.1.2.3"), 0) << "media comes from elsewhere than signalling";
  EXPECT_EQ(ask("far", "0.0.0.0"), 0) << "on hold";
  EXPECT_EQ(ask("telkom", "127.0.0.1"), 0) << "a trunk on this machine";
  EXPECT_EQ(ask("telkom", "239.1.2.3"), 488);
}

TEST_F(SipDoorTest, ALaterOfferOfOurOwnAddressIsDeclinedAndTheCallGoesOn) {
  RawPhone edge(hand.port(), false, kEdge);
  const std::string far = "X-Sigap-Trunk: far\r\n", type = "Content-Type: application/sdp\r\n";
  const auto sdp = [](const std::string& address) {
    return replaced(RawPhone::sdp(), "c=IN IP4 127.0.0.1", "c=IN IP4 " + address);
  };
  edge.say(edge.request("INVITE", 1, type + far, sdp("192.0.2.1")));
  hand.answer(call().leg, RawPhone::sdp());
  ASSERT_EQ(edge.status(), 200);
  edge.say(edge.request("ACK", 1, far));
  ASSERT_TRUE(heard.wait([&] { return heard.confirmed.size() == 1; }));
  edge.say(edge.request("INVITE", 2, type + far, sdp("127.0.0.1")));
  EXPECT_EQ(edge.status(), 488);
  EXPECT_TRUE(heard.described.empty());
  EXPECT_EQ(hand.health().legs, 1);
}

TEST_F(SipDoorTest, OfALongInviteTheJournalKeepsWhatARestartNeeds) {
  RawPhone phone(hand.port(), true);
  std::string much;
  for (int i = 0; i < 800; ++i) much += "X-Noise-" + std::to_string(i) + ": " + std::string(90, 'n') + "\r\n";
  phone.say(phone.invite(much));
  EXPECT_FALSE(call().turned_away);
  EXPECT_LT(call().invite.size(), 2000u);
  for (const auto* needed : {"INVITE sip:110@sigap SIP/2.0", "Via: ", "From: ", "To: ", "Call-ID: ", "CSeq: 1 INVITE",
                             "Contact: ", "m=audio"})
    EXPECT_NE(call().invite.find(needed), std::string::npos) << needed;
  EXPECT_EQ(call().invite.find("X-Noise"), std::string::npos);

  RawPhone worse(hand.port(), true);
  std::string ways;
  for (int i = 0; i < 300; ++i)
    ways += "Record-Route: <sip:proxy" + std::to_string(i) + "." + std::string(60, 'p') + ";lr>\r\n";
  worse.say(worse.invite(ways));
  ASSERT_TRUE(call(1).turned_away);
  EXPECT_EQ(call(1).turned_away->status, 513);
  EXPECT_EQ(call(1).number, "+628111");
  EXPECT_EQ(call(1).invite, "");
  hand.refuse(call(1).leg, 513);
  EXPECT_EQ(worse.status(), 513);
}

TEST_F(SipDoorTest, WhatIsNoTextBecomesTextBeforeItIsTold) {  // the journal is text, and is read at each start
  RawPhone phone(hand.port(), false);
  phone.say(
      replaced(phone.invite("Call-Info: <urn:a:\xff>;purpose=emergency-CallId\r\n"), "From: <", "From: \"Jos\xe9\" <"));
  EXPECT_EQ(call(0).number, "+628111");
  EXPECT_NE(call(0).invite.find("Jos_"), std::string::npos) << call(0).invite;
  RawPhone odd(hand.port(), false);
  odd.say(odd.invite("", "sip:1\xff" + std::string(150, '\xfe') + "@sigap"));
  ASSERT_TRUE(call(1).turned_away);
  EXPECT_EQ(call(1).dialled, "1" + std::string(99, '?'));
  for (std::size_t n = 0; n < 2; ++n) {
    EXPECT_EQ(utf8_only(call(n).invite), call(n).invite);
    for (const auto& id : call(n).foreign_ids) EXPECT_EQ(utf8_only(id.value), id.value);
  }
}

TEST_F(SipDoorTest, WhoIsTurnedAwayAtTheDoorIsSummedUp) {
  for (int i = 0; i < 12; ++i) {
    RawPhone stranger(hand.port(), false, ("127.0.2." + std::to_string(i + 1)).c_str());
    for (int n = 0; n < 3; ++n) stranger.say(stranger.request("OPTIONS", n + 1));
  }
  RawPhone trunk(hand.port(), false);
  for (int n = 0; n < 2; ++n) {
    trunk.say(trunk.request("SUBSCRIBE", n + 1));
    EXPECT_EQ(trunk.status(), 405);
  }
  RawPhone edge(hand.port(), false, kEdge);
  edge.say(edge.invite("X-Sigap-Trunk: nobody\r\n"));
  EXPECT_EQ(edge.status(), 403);
  const auto sum = [&](auto of) {
    std::int64_t all = 0;
    for (const auto& report : heard.reports) all += of(report);
    return all;
  };
  const auto refused = [&](const std::string& by, int status) {
    return sum([&](const ports::DoorReport& report) {
      std::int64_t all = 0;
      for (const auto& some : report.refusals) all += some.trunk.value == by && some.status == status ? some.count : 0;
      return all;
    });
  };
  EXPECT_TRUE(heard.wait([&] {
    return sum([](const auto& report) { return report.strangers; }) == 36 && refused("telkom", 405) == 2 &&
           refused("", 403) == 1;
  }));
  for (const auto& report : heard.reports) {
    EXPECT_LE(report.addresses.size(), ports::kDoorAddressesMax);
    EXPECT_GT(report.over.ms, 0);
  }
  EXPECT_EQ(heard.reports.front().addresses.front(), "127.0.2.1");
}

TEST_F(SipDoorTest, ABrokenInviteOfATrunkStandsInTheJournalWithItsNumberOnce) {
  RawPhone phone(hand.port(), false);
  const auto broken = replaced(phone.invite(), "CSeq: 1 INVITE", "CSeq: x");
  phone.say(broken);
  EXPECT_EQ(phone.status(), 400) << "sofia's own";
  const auto& turned = call();
  ASSERT_TRUE(turned.turned_away);
  EXPECT_EQ(turned.turned_away->status, 400);
  EXPECT_EQ(turned.number, "+628111");
  EXPECT_EQ(turned.trunk.value, "telkom");
  EXPECT_TRUE(heard.wait([&] { return heard.ended.size() == 1; })) << "nobody waits for it";
  EXPECT_EQ(heard.ended[0].leg, turned.leg);
  EXPECT_EQ(heard.ended[0].reason, "refused");
  hand.refuse(turned.leg, 400);  // as the journal orders: there is nobody to tell
  phone.say(broken);
  phone.say(replaced(phone.request("OPTIONS", 2), "CSeq: 2 OPTIONS", "CSeq: y"));
  EXPECT_TRUE(heard.wait([&] {
    return !heard.reports.empty() && heard.reports.back().refusals.size() == 1 &&
           heard.reports.back().refusals[0].status == 400;
  })) << "what is no call is counted";
  EXPECT_EQ(heard.arrived.size(), 1u);
}

TEST_F(SipDoorTest, WhomTheEdgeRefusesIsTurnedAwayByTheJournal) {
  RawPhone edge(hand.port(), false, kEdge);
  edge.say(edge.invite("X-Sigap-Trunk: telkom\r\nX-Sigap-Refused: 503\r\n"));
  ASSERT_TRUE(call(0).turned_away);
  EXPECT_EQ(call(0).turned_away->status, 503);
  EXPECT_EQ(call(0).number, "+628111");
  hand.refuse(call(0).leg, 503);
  EXPECT_EQ(edge.status(), 503);
  EXPECT_EQ(edge.header("Retry-After"), "");
  RawPhone trunk(hand.port(), false);
  trunk.say(trunk.invite("X-Sigap-Refused: 503\r\n"));
  EXPECT_FALSE(call(1).turned_away) << "an edge's word, and this is none";
}

}  // namespace sigap::sip
