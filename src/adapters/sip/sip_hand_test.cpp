#include "adapters/sip/sip_hand.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "adapters/sip/raw_phone.h"
#include "adapters/sip/recorder.h"

namespace sigap::sip {
namespace {

class SipHandTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    const auto started = hand.start({"127.0.0.1", 0, {{{"telkom"}, {"127.0.0.1"}}}, "Sigap", 1000}, heard);
    ASSERT_TRUE(started) << started.error().message;
    ASSERT_NE(hand.port(), 0);
    heard.written = [this](const LegId& leg) { hand.hang_up(leg); };
  }
  void TearDown() override { hand.stop(); }
  /// The n-th call has arrived.
  const ports::IncomingCall& call(std::size_t n = 0) {
    EXPECT_TRUE(heard.wait([&] { return heard.arrived.size() > n; }));
    return heard.arrived.at(n);
  }
  bool ended(ports::LegEndedBy by, const std::string& reason) {
    if (!heard.wait([&] { return !heard.ended.empty(); })) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));  // a second telling would come at once
    return heard.ended.size() == 1 && heard.ended[0].by == by && heard.ended[0].reason == reason;
  }
  /// INVITE to ACK.
  void connect(RawPhone& phone, const std::string& more = "") {
    phone.say(phone.invite(more));
    hand.answer(call().leg, RawPhone::sdp());
    ASSERT_EQ(phone.status(), 200);
    phone.say(phone.request("ACK", 1));
    ASSERT_TRUE(heard.wait([&] { return heard.confirmed.size() == 1; }));
  }

  Recorder heard;
  SipHand hand;
};

std::string pidf(const std::string& shape) {
  return "--b\r\nContent-Type: application/sdp\r\n\r\n" + RawPhone::sdp() +
         "\r\n--b\r\nContent-Type: application/pidf+xml\r\nContent-ID: <loc@sigap>\r\n\r\n"
         "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" xmlns:gp=\"urn:ietf:params:xml:ns:pidf:geopriv10\" "
         "xmlns:gml=\"http://www.opengis.net/gml\" xmlns:gs=\"http://www.opengis.net/pidflo/1.0\"><tuple><status>"
         "<gp:geopriv><gp:location-info>" +
         shape + "</gp:location-info></gp:geopriv></status></tuple></presence>\r\n--b--\r\n";
}

constexpr char kMultipart[] = "Content-Type: multipart/mixed;boundary=b\r\nGeolocation: <cid:loc@sigap>\r\n";

}  // namespace

TEST_P(SipHandTest, ACallIsRungAnsweredConfirmedAndHungUpByTheCaller) {
  RawPhone phone(hand.port(), GetParam());
  phone.say(phone.invite());
  EXPECT_EQ(call().trunk.value, "telkom");
  EXPECT_EQ(call().dialled, "110");
  EXPECT_EQ(call().number, "+628111");
  EXPECT_EQ(call().number_source, ports::NumberSource::from);
  EXPECT_EQ(call().service, ports::Service::emergency);
  EXPECT_NE(call().sdp.find("m=audio"), std::string::npos);
  EXPECT_EQ(call().invite.rfind("INVITE sip:110@sigap SIP/2.0", 0), 0u);
  hand.ring(call().leg);
  EXPECT_EQ(phone.status(), 180);
  hand.answer(call().leg, "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");
  EXPECT_EQ(phone.status(), 200);
  EXPECT_NE(phone.last.find("o=- 1 1"), std::string::npos);
  EXPECT_NE(phone.header("Contact").find(std::to_string(hand.port())), std::string::npos);
  phone.say(phone.request("ACK", 1));
  EXPECT_TRUE(heard.wait([&] { return heard.confirmed.size() == 1; }));
  EXPECT_EQ(hand.health().legs, 1);
  phone.say(phone.request("BYE", 2));
  EXPECT_EQ(phone.status(), 200);
  EXPECT_TRUE(ended(ports::LegEndedBy::caller, "BYE"));
  EXPECT_EQ(hand.health().legs, 0);
}

TEST_P(SipHandTest, NothingIsSignalledBut100BeforeItIsAsked) {
  RawPhone phone(hand.port(), GetParam());
  phone.say(phone.invite());
  (void)call();
  EXPECT_EQ(phone.status(400), 0);
}

TEST_P(SipHandTest, CancelBeforeTheAnswerFreesTheCaller) {
  RawPhone phone(hand.port(), GetParam());
  phone.say(phone.invite());
  hand.ring(call().leg);
  EXPECT_EQ(phone.status(), 180);
  phone.to_tag.clear();
  phone.say(phone.request("CANCEL", 1));
  const int first = phone.status(), second = phone.status();
  EXPECT_EQ(std::minmax(first, second), std::minmax(200, 487));
  EXPECT_TRUE(ended(ports::LegEndedBy::caller, "CANCEL"));
  hand.answer(call().leg, RawPhone::sdp());  // too late: nothing
  phone.say(phone.request("ACK", 1));
  EXPECT_EQ(phone.status(300), 0);
  EXPECT_EQ(hand.health().legs, 0);
}

TEST_P(SipHandTest, AByeBeforeTheAckEndsTheCallOnce) {
  RawPhone phone(hand.port(), GetParam());
  phone.say(phone.invite());
  hand.answer(call().leg, RawPhone::sdp());
  ASSERT_EQ(phone.status(), 200);
  phone.say(phone.request("BYE", 2));
  EXPECT_TRUE(ended(ports::LegEndedBy::caller, "BYE"));
}

TEST_P(SipHandTest, TheAnswerIsRepeatedUntilItIsConfirmed) {
  if (GetParam()) GTEST_SKIP() << "TCP loses nothing";
  RawPhone phone(hand.port(), GetParam());
  phone.say(phone.invite());
  hand.answer(call().leg, RawPhone::sdp());
  EXPECT_EQ(phone.status(), 200);
  EXPECT_EQ(phone.status(), 200) << "the first was lost on its way";
  EXPECT_EQ(phone.status(3000), 200) << "and the second";
  phone.say(phone.request("ACK", 1));
  EXPECT_TRUE(heard.wait([&] { return heard.confirmed.size() == 1; }));
}

TEST_P(SipHandTest, WeHangUpWithBye) {
  RawPhone phone(hand.port(), GetParam());
  connect(phone);
  hand.hang_up(call().leg);
  EXPECT_EQ(phone.requested(), "BYE");
  EXPECT_TRUE(ended(ports::LegEndedBy::us, "hang-up"));
}

TEST_P(SipHandTest, AHangUpBeforeTheAckWaitsForIt) {
  RawPhone phone(hand.port(), GetParam());
  phone.say(phone.invite());
  hand.answer(call().leg, RawPhone::sdp());
  ASSERT_EQ(phone.status(), 200);
  hand.hang_up(call().leg);
  phone.say(phone.request("ACK", 1));
  EXPECT_EQ(phone.requested(), "BYE");
  EXPECT_TRUE(ended(ports::LegEndedBy::us, "hang-up"));
}

TEST_P(SipHandTest, RefusedWith503HasNoRetryAfter) {
  RawPhone phone(hand.port(), GetParam());
  phone.say(phone.invite());
  hand.refuse(call().leg, 503);
  EXPECT_EQ(phone.status(), 503);
  EXPECT_EQ(phone.header("Retry-After"), "");
  EXPECT_TRUE(ended(ports::LegEndedBy::us, "refused"));
}

TEST_P(SipHandTest, AStrangerIsRefusedAndTheListenerHearsNothing) {
  RawPhone stranger(hand.port(), GetParam(), "127.0.0.2");
  stranger.say(stranger.invite());
  EXPECT_EQ(stranger.status(), 403);
  RawPhone other(hand.port(), GetParam(), "127.0.0.2");
  other.say(other.request("OPTIONS", 1));
  EXPECT_EQ(other.status(), 403);
  EXPECT_TRUE(heard.arrived.empty());
  EXPECT_EQ(hand.health().refused, 2);
}

TEST_P(SipHandTest, ATrunkNamedByTheEdgeIsBelievedAndByAnybodyElseIsNot) {
  hand.stop();
  const auto started = hand.start(
      {"127.0.0.1", 0, {{{"telkom"}, {"192.0.2.1"}}, {{"own"}, {"127.0.0.3"}}}, "Sigap", 1000, 0, {"127.0.0.2"}},
      heard);
  ASSERT_TRUE(started) << started.error().message;
  RawPhone edge(hand.port(), GetParam(), "127.0.0.2");
  edge.say(edge.invite("X-Sigap-Trunk: telkom\r\n"));
  EXPECT_EQ(call(0).trunk.value, "telkom");
  RawPhone trunk(hand.port(), GetParam(), "127.0.0.3");
  trunk.say(trunk.invite("X-Sigap-Trunk: telkom\r\n"));
  EXPECT_EQ(call(1).trunk.value, "own");
  RawPhone stranger(hand.port(), GetParam());
  stranger.say(stranger.invite("X-Sigap-Trunk: telkom\r\n"));
  EXPECT_EQ(stranger.status(), 403);
  RawPhone forged(hand.port(), GetParam(), "127.0.0.2");
  forged.say(forged.invite("X-Sigap-Trunk: own\r\nx-sigap-trunk : telkom\r\n"));
  EXPECT_EQ(forged.status(), 403) << "a second name got past the edge";
}

TEST_P(SipHandTest, WhoeverCannotBeServedIsTurnedAwayByTheJournalWithNumberAndReason) {
  std::size_t n = 0;
  const auto ask = [&](auto make, const std::string& reason) {
    RawPhone phone(hand.port(), GetParam());
    phone.say(make(phone));
    const auto& turned = call(n++);
    EXPECT_TRUE(turned.turned_away && turned.turned_away->reason.find(reason) != std::string::npos) << reason;
    EXPECT_EQ(turned.number, "+628111");
    EXPECT_EQ(phone.hear(200), "") << "nothing is said before it is written";
    hand.refuse(turned.leg, turned.turned_away ? turned.turned_away->status : 0);
    const auto status = phone.status();
    return std::to_string(status) + " " + phone.header(status == 420 ? "Unsupported" : "Warning");
  };
  EXPECT_EQ(ask([](auto& p) { return p.invite("", "sip:110@sigap", "97"); }, "codec").substr(0, 8), "488 305 ");
  EXPECT_EQ(
      ask([](auto& p) { return p.request("INVITE", 1, "Content-Type: application/sdp\r\n", "hello"); }, "description")
          .substr(0, 4),
      "488 ");
  EXPECT_EQ(ask([](auto& p) { return p.invite("", "sip:911@sigap"); }, "number of ours"), "404 ");
  EXPECT_EQ(ask([](auto& p) { return p.invite("Require: timer, precondition\r\n"); }, "precondition"),
            "420 precondition");
  EXPECT_EQ(heard.arrived.size(), n);
}

TEST_P(SipHandTest, WhatIsNoCallIsAnsweredAtOnce) {
  const auto ask = [&](auto make) {
    RawPhone phone(hand.port(), GetParam());
    phone.say(make(phone));
    return phone.status();
  };
  EXPECT_EQ(ask([](auto& p) { return p.invite("", "urn:service:test.sos", "97"); }), 488) << "nobody waits there";
  EXPECT_EQ(ask([](auto& p) { return p.request("BYE", 1); }), 481);
  EXPECT_EQ(ask([](auto& p) { return p.request("SUBSCRIBE", 1, "Event: presence\r\n"); }), 405);
  EXPECT_EQ(ask([](auto& p) { return p.request("DANCE", 1); }), 501);
  EXPECT_EQ(ask([](auto& p) { return p.request("OPTIONS", 1); }), 200);
  EXPECT_TRUE(heard.arrived.empty());
}

TEST_P(SipHandTest, ServiceUrnsAndTestCallsAreKnown) {
  std::size_t n = 0;
  for (const auto& [uri, service] :
       std::map<std::string, ports::Service>{{"urn:service:sos", ports::Service::emergency},
                                             {"urn:service:sos.police", ports::Service::emergency},
                                             {"urn:service:sos.fire", ports::Service::emergency},
                                             {"urn:nena:service:sos.police", ports::Service::emergency},
                                             {"urn:service:test.sos.police.traffic", ports::Service::test},
                                             {"urn:service:test.sos", ports::Service::test}}) {
    RawPhone phone(hand.port(), GetParam());
    phone.say(phone.invite("", uri));
    EXPECT_EQ(call(n).dialled, uri);
    EXPECT_EQ(call(n++).service, service);
  }
}

TEST_P(SipHandTest, TheAssertedNumberIsBelievedBeforeFromAndIdentifiersAreKept) {
  RawPhone phone(hand.port(), GetParam());
  phone.say(
      phone.invite("P-Asserted-Identity: \"Budi\" <sip:acct@telkom>, <tel:+62274555666>\r\n"
                   "Call-Info: <urn:emergency:uid:callid:abc123:esrp.id>;purpose=emergency-CallId\r\n"));
  EXPECT_EQ(call().number, "+62274555666");
  EXPECT_EQ(call().number_source, ports::NumberSource::asserted_identity);
  ASSERT_EQ(call().foreign_ids.size(), 1u);
  EXPECT_EQ(call().foreign_ids[0].purpose, "emergency-CallId");
  EXPECT_EQ(call().foreign_ids[0].value, "urn:emergency:uid:callid:abc123:esrp.id");
}

TEST_P(SipHandTest, TheCallersNumberIsFoundWhereverTheTrunkPutsIt) {
  auto number = [&, n = std::size_t{0}](const std::string& more, const std::string& from = "") mutable {
    RawPhone phone(hand.port(), GetParam());
    auto invite = phone.invite(more);
    if (const auto at = invite.find("From: "); !from.empty())
      invite.replace(at, invite.find(";tag=", at) - at, "From: " + from);
    phone.say(invite);
    return call(n++).number;
  };
  const std::string account = "<sip:trunk77@pbx>", nobody = "<sip:anonymous@anonymous.invalid>";
  EXPECT_EQ(number("Remote-Party-ID: \"Ani\" <sip:081399000111@pbx>;party=calling;screen=yes\r\n", account),
            "081399000111");
  EXPECT_EQ(call(0).number_source, ports::NumberSource::remote_party);
  EXPECT_EQ(number("Remote-Party-ID: <sip:110@pbx>;party=called, <sip:0274555666@pbx>\r\n", account), "0274555666");
  EXPECT_EQ(number("Remote-Party-ID: <sip:1@pbx>;party=calling\r\nP-Asserted-Identity: <sip:%2B6281399000222@ims>\r\n",
                   nobody),
            "+6281399000222");
  EXPECT_EQ(number("P-Asserted-Identity: <sip:budi@ims>\r\nP-Asserted-Identity: <tel:+6281399000555>\r\n"),
            "+6281399000555");
  EXPECT_EQ(number("P-Asserted-Identity: <sip:2001@ims>, <sip:0813990005@ims;user=phone>\r\n"), "0813990005");
  EXPECT_EQ(number("P-Asserted-Identity: <tel:+6281399000333>\r\nPrivacy: id\r\n", nobody), "+6281399000333");
  EXPECT_EQ(number("", "<tel:+6281399000444>"), "+6281399000444");
  EXPECT_EQ(number("", "<tel:5551234;phone-context=+6221>"), "+62215551234");
  EXPECT_EQ(number("", "<sip:5551234;phone-context=+6221@ims;user=phone>"), "+62215551234");
  EXPECT_EQ(number("", "<sip:10.0.0.7>"), "") << "an address is no number";
  EXPECT_EQ(number("", nobody), "");
}

TEST_P(SipHandTest, APlaceThatComesLaterIsToldAndTheNewestOfMany) {
  RawPhone phone(hand.port(), GetParam());
  phone.say(phone.invite());
  hand.answer(call().leg, RawPhone::sdp());
  ASSERT_EQ(phone.status(), 200);
  phone.say(phone.request("ACK", 1));
  const auto place = [](const std::string& pos) {
    return pidf("<gml:Point><gml:pos>" + pos + "</gml:pos></gml:Point>");
  };
  phone.say(phone.request("INFO", 2, kMultipart, place("-7.1 110.1")));
  ASSERT_TRUE(heard.wait([&] { return heard.moved.size() == 1; }));
  EXPECT_EQ(heard.moved[0].first, call().leg);
  EXPECT_EQ(heard.moved[0].second.location->point.latitude_e7, -71000000);
  phone.say(phone.request("INFO", 3, kMultipart, place("-7.2 110.2")));
  phone.say(phone.request("INFO", 4, kMultipart, place("-7.3 110.3")));
  phone.say(phone.request("INFO", 5, kMultipart, place("200 900")));
  ASSERT_TRUE(heard.wait([&] { return heard.moved.size() == 2; })) << "what came too soon is told when its time is";
  EXPECT_EQ(heard.moved[1].second.location->point.latitude_e7, -73000000);
}

TEST_P(SipHandTest, ALocationInTheBodyIsReadAndABrokenOneDroppedWithANote) {
  const std::string circle =
      "<gs:Circle srsName=\"urn:ogc:def:crs:EPSG::4326\"><gml:pos>-7.7956 110.3695</gml:pos>"
      "<gs:radius uom=\"urn:ogc:def:uom:EPSG::9001\">35.5</gs:radius></gs:Circle>";
  RawPhone good(hand.port(), GetParam());
  good.say(good.request("INVITE", 1, kMultipart, pidf(circle)));
  ASSERT_TRUE(call(0).place.location) << call(0).place.note;
  EXPECT_EQ(call(0).place.location->point.latitude_e7, -77956000);
  EXPECT_EQ(call(0).place.location->point.longitude_e7, 1103695000);
  EXPECT_EQ(call(0).place.location->radius_m, 36);
  RawPhone broken(hand.port(), GetParam());
  broken.say(broken.request("INVITE", 1, kMultipart, pidf("<gml:Point><gml:pos>200 900</gml:pos></gml:Point>")));
  EXPECT_FALSE(call(1).place.location);
  EXPECT_EQ(call(1).place.note, "location has no usable coordinates");
  RawPhone missing(hand.port(), GetParam());
  missing.say(missing.invite("Geolocation: <cid:nowhere@sigap>\r\n"));
  EXPECT_EQ(call(2).place.note, "location document is missing from the body");
}

TEST_P(SipHandTest, TortureLeavesItAliveAndTheNextGoodCallWorks) {
  const std::filesystem::path folder = std::string(SIGAP_SOURCE_DIR) + "/../shared/data/sip-torture";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no torture messages beside the project";
  int messages = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".dat") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    RawPhone phone(hand.port(), GetParam());
    phone.say(bytes);
    (void)phone.hear(30);
    ++messages;
  }
  EXPECT_GT(messages, 40);
  const auto before = heard.arrived.size();
  RawPhone phone(hand.port(), GetParam());
  phone.say(phone.invite());
  ASSERT_TRUE(heard.wait([&] {
    return heard.arrived.size() > before && heard.arrived.back().invite.find(phone.call_id) != std::string::npos;
  }));
  hand.answer(heard.arrived.back().leg, RawPhone::sdp());
  EXPECT_EQ(phone.status(), 200);
}

INSTANTIATE_TEST_SUITE_P(Transport, SipHandTest, testing::Values(false, true),
                         [](const auto& tcp) { return tcp.param ? "Tcp" : "Udp"; });

}  // namespace sigap::sip
