#include "sdp/browser.h"

#include <gtest/gtest.h>

namespace sigap::sdp {
namespace {

const std::string kPrint =
    "sha-256 0A:1B:2C:3D:4E:5F:60:71:82:93:A4:B5:C6:D7:E8:F9:0A:1B:2C:3D:4E:5F:60:71:82:93:A4:B5:C6:D7:E8:F9";

/// As Chromium 156 says it, shortened by what repeats.
std::string offer(const std::string& line = "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126") {
  return "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"
         "a=extmap-allow-mixed\r\na=msid-semantic: WMS\r\n" +
         line +
         "\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=candidate:1 1 udp 2113937151 10.0.0.7 5000 typ host\r\n"
         "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\na=ice-options:trickle\r\na=fingerprint:" +
         kPrint +
         "\r\na=setup:actpass\r\na=mid:0\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\n"
         "a=fmtp:111 minptime=10;useinbandfec=1\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n";
}

std::string without(std::string text, const std::string& part, const std::string& instead = "") {
  text.replace(text.find(part), part.size(), instead);
  return text;
}

std::string code_of(const std::string& text) {
  const auto read = read_browser(text);
  return read ? "" : read.error().code;
}

}  // namespace

TEST(BrowserVoiceTest, WhatIsUsedIsReadAndWrittenAndNoAddressWithIt) {
  const auto voice = read_browser(offer());
  ASSERT_TRUE(voice) << voice.error().message;
  EXPECT_EQ(voice->mid, "0");
  EXPECT_EQ(voice->ice_user, "EsAw");
  EXPECT_EQ(voice->ice_password, "P2uYro0UCOQ4zxjKXaWCBui1");
  EXPECT_EQ(voice->fingerprint, kPrint);
  EXPECT_EQ(voice->setup, "actpass");
  EXPECT_EQ(voice->codec.name, "PCMU") << "in the browser's own order";
  const auto text = write(*voice);
  EXPECT_EQ(text.find("10.0.0.7"), std::string::npos);
  EXPECT_EQ(text.find("opus"), std::string::npos);
  const auto again = read_browser(text);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(write(*again), text);
  EXPECT_TRUE(is_browser(text));
  EXPECT_EQ(ice_user_of(text), "EsAw");
  EXPECT_EQ(ice_user_of("v=0\r\n"), "");
  EXPECT_FALSE(is_browser("v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 8\r\n"));
}

TEST(BrowserVoiceTest, WhatASessionSaysForAllItsLinesCountsToo) {
  auto text = without(offer(), "a=fingerprint:" + kPrint + "\r\n");
  EXPECT_EQ(code_of(text), kNoProfile);
  EXPECT_EQ(code_of(without(text, "a=group:BUNDLE 0\r\n", "a=fingerprint:" + kPrint + "\r\n")), "");
}

TEST(BrowserVoiceTest, WhatCannotCarryAVoiceIsRefusedByName) {
  EXPECT_EQ(code_of(""), kUnreadable);
  EXPECT_EQ(code_of("hello"), kUnreadable);
  EXPECT_EQ(code_of("v=0\r\ns=-\r\n"), kNoAudio);
  EXPECT_EQ(code_of(offer() + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n"), kNoAudio);
  EXPECT_EQ(code_of(offer("m=audio 4000 RTP/AVP 8")), kNoAudio);
  EXPECT_EQ(code_of(offer("m=audio 9 UDP/TLS/RTP/SAVPF 111")), kNoCodec);
  EXPECT_EQ(code_of(offer("m=audio 9 UDP/TLS/RTP/SAVPF 8")), "");
  EXPECT_EQ(code_of(without(offer(), "EsAw", "E")), kNoProfile);
  EXPECT_EQ(code_of(without(offer(), "EsAw", "Es\"Aw")), kNoProfile);
  EXPECT_EQ(code_of(without(offer(), "P2uYro0UCOQ4zxjKXaWCBui1", "short")), kNoProfile);
  EXPECT_EQ(code_of(without(offer(), "sha-256", "sha-1")), kNoProfile) << "broken";
  EXPECT_EQ(code_of(without(offer(), "0A:1B", "0A:1")), kNoProfile);
  EXPECT_EQ(code_of(without(offer(), "setup:actpass", "setup:passive")), kNoProfile) << "both would wait";
  EXPECT_EQ(code_of(without(offer(), "a=rtcp-mux\r\n")), kNoProfile);
  EXPECT_EQ(code_of(without(offer(), "a=mid:0", "a=mid:a b")), kUnreadable);
  EXPECT_EQ(code_of(offer() + std::string(kBrowserOfferMax_bytes, 'x')), "too_large");
}

TEST(BrowserVoiceTest, EachOfSeveralVoicesHasANameOfItsOwn) {
  const std::string session = "v=0\r\na=group:BUNDLE 0\r\n", line = "m=audio 30000 UDP/TLS/RTP/SAVPF 8\r\n";
  EXPECT_EQ(with_own_mids(session + line + "a=sendonly\r\n" + line + "c=IN IP4 127.0.0.1\r\na=mid:0\r\na=sendonly\r\n"),
            "v=0\r\n" + line + "a=sendonly\r\na=mid:0\r\n" + line + "c=IN IP4 127.0.0.1\r\na=sendonly\r\na=mid:1\r\n");
  EXPECT_EQ(with_own_mids(""), "");
}

}  // namespace sigap::sdp
