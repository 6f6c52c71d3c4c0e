#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "codec/event_codec.h"
#include "codec/event_schema.h"
#include "codec/fit.h"
#include "codec/json.h"
#include "codec/state_codec.h"
#include "codec/tables.h"
#include "codec/wire_codec.h"

namespace sigap::codec {
namespace {

/// Seals by hiding in hexadecimal and binding: enough to see that the codec asks for the right things. The real one is
/// the vault's.
class HidingSealer final : public Sealer {
 public:
  std::string seal(std::string_view subject, std::string_view place, std::string_view plain) override {
    std::string text = prefix(subject, place);
    for (const char c : plain) {
      text += kDigits[static_cast<unsigned char>(c) / 16];
      text += kDigits[static_cast<unsigned char>(c) % 16];
    }
    return text;
  }
  std::optional<std::string> open(std::string_view subject, std::string_view place, std::string_view sealed) override {
    if (!sealed.starts_with(prefix(subject, place))) return std::nullopt;
    const auto hex = sealed.substr(prefix(subject, place).size());
    std::string plain;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
      plain += static_cast<char>(kDigits.find(hex[i]) * 16 + kDigits.find(hex[i + 1]));
    return plain;
  }

 private:
  static constexpr std::string_view kDigits = "0123456789abcdef";
  static std::string prefix(std::string_view subject, std::string_view place) {
    return std::string(subject) + "|" + std::string(place) + "|";
  }
};

/// Fills any described object with random values.
void fill(const Type& t, void* p, std::mt19937& random, int depth = 0) {
  switch (t.kind) {
    case Kind::integer:
    case Kind::boolean:
      t.set(p, static_cast<std::int64_t>(random() % 2));
      break;
    case Kind::text:
      *t.text(p) = "teks \"" + std::to_string(random() % 1000) + "\" é\n";
      break;
    case Kind::enumeration:
      t.set(p, t.values[random() % t.values.size()]);
      break;
    case Kind::structure:
    case Kind::pair:
      for (const Member& m : t.members) fill(m.type(), m.at(p), random, depth + 1);
      break;
    case Kind::optional:
      if (random() % 2) fill(t.inner(), t.emplace(p), random, depth + 1);
      break;
    case Kind::personal:
      *t.subject(p) = "call:" + std::to_string(random() % 100);
      if (random() % 4) fill(t.inner(), t.emplace(p), random, depth + 1);
      break;
    case Kind::list:
      for (std::size_t i = random() % 3; i > 0; --i)
        t.append(p, [&](void* item) { return fill(t.inner(), item, random, depth + 1), true; });
      break;
    case Kind::variant: {
      const auto i = random() % t.alternatives.size();
      fill(t.alternatives[i](), t.choose(p, i), random, depth + 1);
      break;
    }
  }
}

std::string content(const std::string& path) {
  std::ifstream in(std::string(SIGAP_SOURCE_DIR) + "/" + path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void expect_current(const std::string& file, const std::string& made, const std::string& first) {
  if (std::getenv("SIGAP_UPDATE")) std::ofstream(std::string(SIGAP_SOURCE_DIR) + "/" + file) << made;
  EXPECT_EQ(content(file), made) << file << " is not current: " << first << "run codec_test once with SIGAP_UPDATE=1";
}

template <class T>
void round_trips(int rounds) {
  std::mt19937 random(110);
  HidingSealer sealer;
  for (int i = 0; i < rounds; ++i) {
    T object{};
    fill(type_of<T>(), &object, random);
    const auto text = write_json(type_of<T>(), &object, &sealer, "here");
    T again{};
    const auto read = read_json(type_of<T>(), &again, text, &sealer, "here");
    ASSERT_TRUE(read) << read.error().field << ": " << read.error().message << "\n" << text;
    EXPECT_EQ(write_json(type_of<T>(), &again, &sealer, "here"), text);
  }
}

}  // namespace

TEST(CodecTest, EveryEventRoundTrips) {
  std::mt19937 random(7);
  HidingSealer sealer;
  const auto& bodies = type_of<core::EventBody>().alternatives;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    core::Event event;
    fill(bodies[i](), type_of<core::EventBody>().choose(&event.body, i), random);
    event.id = "00112233445566778899aabbccddeeff";
    event.stream = "nation";
    event.seq = 9;
    const auto text = write_event(event, sealer);
    const auto again = read_event(text, sealer);
    ASSERT_TRUE(again) << again.error().field << " " << again.error().message;
    EXPECT_EQ(write_event(*again, sealer), text);
    EXPECT_EQ(event_name(again->body), bodies[i]().name);
  }
}

/// Seals nothing: tests/fuzz/journal.cpp.
class GlassSealer final : public Sealer {
 public:
  std::string seal(std::string_view, std::string_view, std::string_view plain) override {
    return kMark + std::string(plain);
  }
  std::optional<std::string> open(std::string_view, std::string_view, std::string_view sealed) override {
    return std::string(sealed.substr(kMark.size()));
  }

 private:
  const std::string kMark = "glass:";
};

/// A line of each event, as a program wrote it before there was a second format.
TEST(CodecTest, WhatTheFirstFormatSaidIsReadAndWrittenInTheSameWords) {
  GlassSealer glass;
  int lines = 0;
  for (const TypeRef alternative : type_of<core::EventBody>().alternatives) {
    const auto line = content("tests/fuzz/corpus/journal/" + alternative().name);
    if (line.empty()) continue;  // it came later
    ++lines;
    const auto event = read_event(line, glass);
    ASSERT_TRUE(event) << line << "\n" << event.error().field << ": " << event.error().message;
    EXPECT_EQ(write_event(*event, glass), line);
  }
  EXPECT_GE(lines, 100);
}

TEST(CodecTest, MessagesAndStateRoundTrip) {
  round_trips<core::ClientMessage>(300);
  round_trips<core::ServerMessage>(300);
  round_trips<core::Facts>(50);
}

TEST(CodecTest, WhateverATextHoldsWhatIsWrittenIsRead) {  // a line that is not would end every later start
  HidingSealer sealer;
  core::Event event;
  calls::CallArrived arrived;
  arrived.dialled = "11\xff";
  arrived.signalling = {"call:1", "From: \"Jos\xe9\" \xc3\xa9"};
  event.body = arrived;
  event.id = "00112233445566778899aabbccddeeff";
  event.stream = "nation";
  const auto again = read_event(write_event(event, sealer), sealer);
  ASSERT_TRUE(again) << again.error().field << " " << again.error().message;
  const auto& read = std::get<calls::CallArrived>(again->body);
  EXPECT_EQ(read.dialled, "11?");
  EXPECT_EQ(read.signalling.value, "From: \"Jos?\" \xc3\xa9");
  const auto message = write_message(core::Refused{1, "invalid", "a\xff", "b\x80"});
  EXPECT_TRUE(read_server_message(message)) << message;
}

TEST(CodecTest, WhatOlderJournalsDoNotSayOfPasswordsAndSignInsIsAbsent) {
  HidingSealer sealer;
  core::Event event;
  const auto read = [&](std::string body) {
    event.body = people::SignInRefused{{7}};
    auto text = write_event(event, sealer);
    const std::string written = R"("body":{"type":"SignInRefused","person":7})";
    EXPECT_NE(text.find(written), std::string::npos) << text;
    text.replace(text.find(written), written.size(), R"("body":)" + body);
    const auto again = read_event(text, sealer);
    EXPECT_TRUE(again) << (again ? "" : again.error().field + " " + again.error().message);
    return again ? again->body : core::EventBody();
  };
  const auto refused = read(R"({"type":"SignInRefused","person":7})");
  EXPECT_FALSE(std::get<people::SignInRefused>(refused).refusal || std::get<people::SignInRefused>(refused).times);
  const auto changed = read(R"({"type":"PasswordChanged","person":7,"password_hash":{"subject":"person:7"}})");
  EXPECT_FALSE(std::get<people::PasswordChanged>(changed).temporary_until) << "lasting, as it was";
  const auto opened = read(R"({"type":"SessionOpened","session":1,"person":7,"token_hash":"x","expires":9})");
  EXPECT_FALSE(std::get<people::SessionOpened>(opened).from);
}

TEST(CodecTest, NoAlternativeHasAMemberCalledType) {  // it would hide which alternative it is
  for (const Type* variant : {&type_of<core::EventBody>(), &type_of<core::Command>(), &type_of<core::ClientMessage>(),
                              &type_of<core::ServerMessage>()})
    for (const TypeRef alternative : variant->alternatives)
      for (const Member& m : alternative().members) EXPECT_STRNE(m.name, "type") << alternative().name;
}

TEST(CodecTest, AWrongFieldIsNamedByItsPath) {
  const auto field = [](const char* text) {
    const auto message = read_message(text);
    return message ? std::string("accepted") : message.error().field + ": " + message.error().message;
  };
  EXPECT_EQ(field(R"({"type":"Request","id":1,"command":{"type":"AcceptOffer","offer":"x"}})"),
            "command.offer: expected an integer");
  EXPECT_EQ(field(R"({"type":"Request","id":1,"command":{"type":"AcceptOffer"}})"), "command.offer: missing");
  EXPECT_EQ(field(R"({"type":"Request","id":1,"command":{"type":"AcceptOffer","offer":1,"now":1}})"),
            "command.now: unknown");
  EXPECT_EQ(field(R"({"type":"Request","id":1,"command":{"type":"Reboot"}})"),
            "command.type: not one of the known types");
  EXPECT_EQ(field(R"({"type":"Request","id":9007199254740994,"command":{"type":"BeReady"}})"), "id: out of range");
  EXPECT_EQ(field(R"({"type":"PositionReport","point":{"longitude_e7":1,"latitude_e7":99999999999},"radius_m":1})"),
            "point.latitude_e7: out of range");
  EXPECT_FALSE(read_message("{\"type\":\"Track\",\"token\":\"\xff\"}")) << "not UTF-8";
  EXPECT_FALSE(read_message("[]"));
  EXPECT_FALSE(read_message(std::string(1000, '[')));
  EXPECT_EQ(field(R"({"type":"Heartbeat"})"), "accepted");
}

TEST(CodecTest, ASealedValueDoesNotOpenElsewhereAndAForgottenOneReadsAsUnknown) {
  HidingSealer sealer;
  core::Event event;
  event.id = "a1";
  calls::CallArrived arrived;
  arrived.number = personal(CallId{7}, std::string("+628123"));
  event.body = arrived;
  auto text = write_event(event, sealer);
  EXPECT_EQ(text.find("+628123"), std::string::npos);
  EXPECT_EQ(std::get<calls::CallArrived>(read_event(text, sealer)->body).number.value, "+628123");
  NoKeys none;
  EXPECT_FALSE(std::get<calls::CallArrived>(read_event(text, none)->body).number.known());
  text.replace(text.find("a1"), 2, "b2");  // the same sealed text under another event
  EXPECT_FALSE(std::get<calls::CallArrived>(read_event(text, sealer)->body).number.known());
}

TEST(CodecTest, TheTypeScriptOfThePagesIsCurrent) {
  expect_current("web/src/core/messages.gen.ts", typescript(), "");
}

TEST(CodecTest, WhatTheJournalSaysIsWhatIsWrittenDown) {
  expect_current("docs/formats/events-1.json", event_schema(), "decide the format of what is new: HACKING.md; ");
  EXPECT_EQ(newest_format(type_of<core::Event>()), core::kFormat) << "raise it with the first that needs it";
}

}  // namespace sigap::codec
