#include "sdp/voice.h"

#include <gtest/gtest.h>

namespace sigap::sdp {
namespace {

const std::string kHead = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";
const std::string kAudio = "m=audio 4000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\n";
const std::string kKey = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + std::string(40, 'A') + "\r\n";

std::string why_not(const std::string& description, bool v6 = false) {
  const auto voice = read(description, v6);
  return voice ? "" : voice.error().code;
}

/// The m= lines of the answer that we give, as `type port profile formats`.
std::string lines_of_answer(const std::string& offer, bool v6 = false) {
  auto ours = read(offer, v6);
  if (!ours) return ours.error().code;
  ours->address = ours->v6() ? "2001:db8::1" : "192.0.2.9";
  ours->port = 30'000;
  ours->direction = mirrored(ours->direction);
  const auto answer = write_answer(offer, *ours, {5, 2});
  std::string lines;
  for (auto at = answer.find("m="); at != std::string::npos; at = answer.find("\r\nm=", at)) {
    if (answer[at] == '\r') at += 2;
    lines += answer.substr(at, answer.find('\r', at) - at) + "|";
  }
  return lines;
}

}  // namespace

TEST(SdpVoiceTest, G711InTheCallersOwnNumbers) {
  const auto voice = read(kHead + "m=audio 4000 RTP/AVP 9 0 8 97\r\na=rtpmap:97 telephone-event/8000\r\n");
  ASSERT_TRUE(voice);
  EXPECT_EQ(voice->codec.name, "PCMU");
  EXPECT_EQ(voice->codec.payload, 0);
  EXPECT_EQ(voice->events->payload, 97);
  auto ours = *voice;
  ours.address = "10.0.0.1";
  ours.port = 30'000;
  EXPECT_EQ(
      write(ours, {5, 1}),
      "v=0\r\no=sigap 5 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 30000 RTP/AVP 0 97\r\n"
      "a=rtpmap:0 PCMU/8000\r\na=rtpmap:97 telephone-event/8000\r\na=fmtp:97 0-15\r\na=ptime:20\r\na=sendrecv\r\n");
  EXPECT_EQ(read(kHead + "m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 pcma/8000\r\n")->codec.payload, 96);
  EXPECT_EQ(port_of("v=0\r\nm=audio 30020 RTP/AVP 8\r\n"), 30'020);
  EXPECT_FALSE(port_of("hello"));
}

TEST(SdpVoiceTest, WhyThereIsNoVoice) {
  EXPECT_EQ(why_not(""), kUnreadable);
  EXPECT_EQ(why_not("m=audio"), kUnreadable);
  EXPECT_EQ(why_not(kHead + "m=audio 0 RTP/AVP 8\r\n"), kNoAudio);
  EXPECT_EQ(why_not(kHead + "m=text 4000 RTP/AVP 98\r\na=rtpmap:98 t140/1000\r\n"), kNoAudio);
  EXPECT_EQ(why_not(kHead + "m=audio 4000 RTP/AVP 97 98\r\na=rtpmap:97 EVS/16000\r\na=rtpmap:98 AMR-WB/16000\r\n"),
            kNoCodec);
  EXPECT_EQ(why_not(kHead + "m=audio 4000 RTP/SAVP 8\r\n"), kNoProfile) << "no key";
  EXPECT_EQ(why_not(kHead + "m=audio 4000 RTP/SAVP 8\r\na=crypto:1 NULL_HMAC_SHA1_80 inline:x\r\n"), kNoProfile);
  EXPECT_EQ(why_not(kHead + "m=audio 4000 UDP/TLS/RTP/SAVPF 8\r\na=fingerprint:sha-256 00\r\n"), kNoProfile);
  EXPECT_EQ(why_not(kHead + "m=audio 4000 RTP/AVP 8\r\nc=IN IP6 2001:db8::7\r\n"), kNoAddress);
  EXPECT_EQ(why_not(kHead + "m=audio 4000 RTP/AVP 8\r\nc=IN IP6 2001:db8::7\r\n", true), "");
  EXPECT_EQ(why_not("v=0\r\nm=audio 4000 RTP/AVP 8\r\nc=IN IP4 host.example\r\n"), kNoAddress);
  EXPECT_EQ(why_not("v=0\r\nm=audio 4000 RTP/AVP 8\r\n"), kNoAddress) << "no address at all";
}

TEST(SdpVoiceTest, AnAnswerHasALineForEachLineOfTheOffer) {
  EXPECT_EQ(lines_of_answer(kHead + kAudio + "m=video 41010 RTP/AVP 99\r\na=rtpmap:99 H264/90000\r\n"),
            "m=audio 30000 RTP/AVP 8 101|m=video 0 RTP/AVP 99|");
  EXPECT_EQ(lines_of_answer(kHead + "m=text 41020 RTP/AVP 98\r\na=rtpmap:98 t140/1000\r\n" + kAudio),
            "m=text 0 RTP/AVP 98|m=audio 30000 RTP/AVP 8 101|");
  EXPECT_EQ(lines_of_answer(kHead + "m=audio 0 RTP/AVP 8\r\n" + kAudio),
            "m=audio 0 RTP/AVP 8|m=audio 30000 RTP/AVP 8 101|");
  EXPECT_EQ(lines_of_answer(kHead + "m=audio 41030 RTP/SAVP 8\r\n" + kKey + kAudio),
            "m=audio 0 RTP/SAVP 8|m=audio 30000 RTP/AVP 8 101|");
  EXPECT_EQ(lines_of_answer(kHead + kAudio + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n" +
                            "m=message 2855 TCP/MSRP *\r\nm=image 4010 udptl t38\r\n"),
            "m=audio 30000 RTP/AVP 8 101|m=application 0 UDP/DTLS/SCTP webrtc-datachannel|m=message 0 TCP/MSRP *|"
            "m=image 0 udptl t38|");
}

TEST(SdpVoiceTest, AFormatThatIsNoneCostsNothingButItself) {  // sofia reads some of them for ever
  EXPECT_EQ(lines_of_answer(kHead + kAudio + "m=image 4010 udptl t38/1\r\n"),
            "m=audio 30000 RTP/AVP 8 101|m=image 0 udptl 0|");
  EXPECT_EQ(lines_of_answer(kHead + "m=application 9 UDP/DTLS/SCTP a:b ok \xc3\xa9 \"\r\n" + kAudio),
            "m=application 0 UDP/DTLS/SCTP ok|m=audio 30000 RTP/AVP 8 101|");
  EXPECT_EQ(lines_of_answer(kHead + "m=audio 4010 RTP/A 2001:db8::9\r\n" + kAudio),
            "m=audio 0 RTP/A 0|m=audio 30000 RTP/AVP 8 101|");
  // However the line is hidden: behind blanks, a carriage return alone, fields that do not stand apart.
  EXPECT_EQ(lines_of_answer(kHead + kAudio + "a=x\r \t m=image  4010\tudptl\tt38/1\n"),
            "m=audio 30000 RTP/AVP 8 101|m=image 0 udptl 0|");
  EXPECT_EQ(why_not(kHead + kAudio + "m=image 4010udptl t38/1\r\n"), kUnreadable);
  EXPECT_EQ(why_not(kHead + kAudio + "m=image 4010/2udptl t38/1\r\n"), kUnreadable);
  EXPECT_EQ(why_not(kHead + kAudio + "m=image 4010 udptl:t38 t38\r\n"), kUnreadable);
  EXPECT_EQ(why_not(kHead + kAudio + "m=im?0`age 4010 udptl 0 A#59\r\n"), kUnreadable);
  EXPECT_EQ(why_not(kHead + kAudio + "m= image 4010 udptl t38/1\r\n"), kUnreadable);
}

TEST(SdpVoiceTest, AMistakeInALineThatWeDoNotUseCostsNoVoice) {
  for (const std::string line : {"b=AS:x", "b=x", "t=today", "r=7", "z=1", "k=", "e=", "p=", "i=", "u="}) {
    EXPECT_EQ(why_not(kHead + line + "\r\n" + kAudio), "") << line;
    EXPECT_EQ(why_not(kHead + kAudio + line + "\r\n"), "") << line;
  }
}

TEST(SdpVoiceTest, TheProfileIsAnsweredInKind) {
  EXPECT_EQ(lines_of_answer(kHead + "m=audio 4000 RTP/AVPF 8 101\r\na=rtpmap:101 telephone-event/8000\r\n"
                                    "a=rtcp-fb:* nack\r\n"),
            "m=audio 30000 RTP/AVPF 8 101|");
  EXPECT_EQ(lines_of_answer(kHead + "m=audio 4000 RTP/AVPF 96\r\na=rtpmap:96 PCMU/8000\r\n"),
            "m=audio 30000 RTP/AVPF 96|");
  EXPECT_EQ(lines_of_answer(kHead + "m=audio 4000 RTP/SAVP 8\r\n" + kKey), "m=audio 30000 RTP/SAVP 8|");
  EXPECT_EQ(read(kHead + "m=audio 4000 RTP/SAVP 8\r\n" + kKey)->keys.size(), 1u);
  EXPECT_FALSE(read(kHead + kAudio + kKey)->secure()) << "a key beside plain RTP is an invitation, not a demand";
}

TEST(SdpVoiceTest, G711ComesBeforeWhatMustBeTranslatedAndPlainBeforeEncrypted) {
  const auto only = read(kHead +
                         "m=audio 4000 RTP/AVP 97 18 101\r\na=rtpmap:97 AMR/8000\r\na=fmtp:18 annexb=no\r\n"
                         "a=rtpmap:101 telephone-event/8000\r\n");
  ASSERT_TRUE(only);
  EXPECT_TRUE(only->codec.is("G729"));
  EXPECT_EQ(only->codec.fmtp, "annexb=no");
  EXPECT_FALSE(only->codec.g711());
  EXPECT_NE(write(*only, {}).find("a=rtpmap:18 G729/8000\r\na=fmtp:18 annexb=no\r\n"), std::string::npos);
  const auto opus = read(kHead +
                         "m=audio 4000 RTP/AVP 111 110 126\r\na=rtpmap:111 opus/48000/2\r\n"
                         "a=rtpmap:110 telephone-event/48000\r\na=rtpmap:126 telephone-event/8000\r\n");
  ASSERT_TRUE(opus);
  EXPECT_EQ(opus->events->payload, 110) << "in the clock of the voice";
  EXPECT_NE(write(*opus, {}).find("a=rtpmap:111 opus/48000/2\r\n"), std::string::npos);
  EXPECT_EQ(read(kHead + "m=audio 4000 RTP/AVP 9\r\nm=audio 4002 RTP/AVP 0\r\n")->line, 1u);
}

TEST(SdpVoiceTest, DirectionsAreMirroredAndAnOldHoldIsAHold) {
  const auto answered = [](const std::string& offer) { return mirrored(read(offer)->direction); };
  EXPECT_EQ(answered(kHead + kAudio), Direction::sendrecv);
  EXPECT_EQ(answered(kHead + kAudio + "a=sendonly\r\n"), Direction::recvonly);
  EXPECT_EQ(answered(kHead + kAudio + "a=recvonly\r\n"), Direction::sendonly);
  EXPECT_EQ(answered(kHead + kAudio + "a=inactive\r\n"), Direction::inactive);
  EXPECT_EQ(answered(kHead + "a=sendonly\r\n" + kAudio), Direction::recvonly) << "said of the whole session";
  EXPECT_EQ(answered(kHead + "a=sendonly\r\n" + kAudio + "a=sendrecv\r\n"), Direction::sendrecv);
  EXPECT_EQ(answered(kHead + kAudio + "c=IN IP4 0.0.0.0\r\n"), Direction::recvonly);
  EXPECT_EQ(answered(kHead + kAudio + "c=IN IP4 0.0.0.0\r\na=inactive\r\n"), Direction::inactive);
  EXPECT_EQ(
      with_direction("v=0\r\na=sendonly\r\nm=audio 9 x 8\r\na=sendrecv\r\na=sendrecv-not\r\n", Direction::inactive),
      "v=0\r\na=inactive\r\nm=audio 9 x 8\r\na=inactive\r\na=sendrecv-not\r\n");
}

TEST(SdpVoiceTest, TheFamilyOfTheOfferIsTheFamilyOfTheAnswer) {
  const std::string v6 = "v=0\r\no=- 1 1 IN IP6 ::1\r\ns=-\r\nc=IN IP6 2001:db8::7\r\nt=0 0\r\n" + kAudio;
  EXPECT_EQ(lines_of_answer(v6), kNoAddress);
  EXPECT_EQ(lines_of_answer(v6, true), "m=audio 30000 RTP/AVP 8 101|");
  auto ours = *read(v6, true);
  ours.address = "2001:db8::1";
  EXPECT_NE(write_answer(v6, ours, {5, 2}).find("c=IN IP6 2001:db8::1\r\n"), std::string::npos);
}

TEST(SdpVoiceTest, OddDescriptionsAreCallersToo) {
  std::string bare = kHead + kAudio;
  for (auto at = bare.find("\r\n"); at != std::string::npos; at = bare.find("\r\n")) bare.replace(at, 2, "\n");
  EXPECT_EQ(why_not(bare), "") << "LF alone";
  EXPECT_EQ(why_not("v=0\r\nm=audio 4000 RTP/AVP 8\r\nc=IN IP4 192.0.2.1\r\n"), "") << "no o=, s= or t=";
  EXPECT_EQ(why_not(kHead + "b=AS:64\r\na=X-vendor\r\n" + kAudio + "a=silenceSupp:off - - - -\r\na=ptime:20\r\n"), "");
  EXPECT_EQ(why_not(kHead + kAudio + "m=video 9 RTP/AVP 99\r\na=rtpmap:99\r\n"), "") << "a broken line beside ours";
  EXPECT_EQ(why_not(kHead + std::string(70'000, 'a')), kUnreadable);
}

TEST(SdpVoiceTest, TheLanguageIsTheFirstThatTheCallerSendsElseTheFirstThatTheyTake) {
  const std::string audio = "v=0\r\nm=audio 4000 RTP/AVP 8\r\n";
  EXPECT_EQ(language_of(audio + "a=hlang-recv:en\r\na=hlang-send:jv id *\r\n"), "jv");
  EXPECT_EQ(language_of(audio + "a=hlang-recv:su-ID en\n"), "su-ID");
  EXPECT_EQ(language_of(audio), "");
  EXPECT_EQ(language_of(audio + "a=hlang-send:<script>\r\na=hlang-send:\r\na=hlang-send:min\r\n"), "min")
      << "what is no language's name is passed over";
  EXPECT_EQ(language_of(audio + "a=hlang-send:" + std::string(99, 'x')), "");
}

}  // namespace sigap::sdp
