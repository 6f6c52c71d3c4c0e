// A program with a newer format, made up: its events on a journal of format 1.
#include "codec/fit.h"

#include <gtest/gtest.h>

#include "codec/event_codec.h"
#include "codec/type_of.h"
#include "core/decide.h"

namespace sigap::codec::later {

enum class Light { red, amber, green };
struct Lamp {
  Light light = Light::red;
  std::optional<std::string> place;
};
struct Tram {
  std::int64_t line = 0;
};
struct Crossed {
  std::int64_t id = 0;
  std::optional<Light> seen;
  Light light = Light::red;
  std::vector<Lamp> lamps;
  std::optional<Tram> tram;
  std::optional<std::string> note;
};
SIGAP_ENUM(Light, red, amber, green)
SIGAP_SINCE(3, Light, green)
SIGAP_STRUCT(Lamp, light, place)
SIGAP_SINCE(2, Lamp, place)
SIGAP_STRUCT(Tram, line)
SIGAP_SINCE(2, Tram)
SIGAP_STRUCT(Crossed, id, seen, light, lamps, tram, note)
SIGAP_SINCE(2, Crossed, note)

}  // namespace sigap::codec::later

namespace sigap::codec {
namespace {

using later::Crossed;
using later::Light;

bool fits(Crossed& crossed, std::int64_t format) {
  return fit(type_of<Crossed>(), &crossed, format);
}

const Crossed kAll{1, Light::green, Light::amber, {{Light::red, "north"}}, later::Tram{7}, "late"};

}  // namespace

TEST(FitTest, WhatIsNewerAndMayBeAbsentIsLeftOut) {
  auto crossed = kAll;
  ASSERT_TRUE(fits(crossed, 1));
  EXPECT_EQ(crossed.id, 1);
  EXPECT_EQ(crossed.light, Light::amber);
  EXPECT_FALSE(crossed.note || crossed.tram) << "a member, a struct";
  EXPECT_FALSE(crossed.lamps.at(0).place) << "in a list";
  EXPECT_FALSE(crossed.seen) << "it would hold a value of format 3";
  crossed = kAll;
  ASSERT_TRUE(fits(crossed, 2));
  EXPECT_TRUE(crossed.note && crossed.tram && crossed.lamps.at(0).place);
  EXPECT_FALSE(crossed.seen);
  crossed = kAll;
  ASSERT_TRUE(fits(crossed, 3));
  EXPECT_EQ(crossed.seen, Light::green);
  EXPECT_EQ(newest_format(type_of<Crossed>()), 3);
}

TEST(FitTest, WhatIsNewerAndMayNotBeAbsentIsNotWritten) {
  auto crossed = kAll;
  crossed.light = Light::green;
  EXPECT_FALSE(fits(crossed, 2));
  EXPECT_TRUE(fits(crossed, 3));
  crossed = kAll;
  crossed.lamps.push_back({Light::green, {}});
  EXPECT_FALSE(fits(crossed, 2)) << "a value in a list";
  later::Tram tram;
  EXPECT_FALSE(fit(type_of<later::Tram>(), &tram, 1)) << "as an event that is new";
}

TEST(FitTest, WhatHasNoWordInTheJournalDoesNotHappenInTheStateEither) {
  core::State state;
  core::Policy policy;
  policy.cell = "north";
  const auto decide = [&](const core::Input& input) { return core::decide(state, {}, policy, input, {1000}); };
  const auto started = decide(core::Started{"1", 1, 1});
  EXPECT_EQ(started.events.at(0).stream, "north") << "the cell's";
  EXPECT_EQ(state.format, 1);
  policy.fit = [](core::Event& event, std::int64_t format) {
    return format > 1 || !std::holds_alternative<core::TurnedAwayAtDoor>(event.body);
  };
  EXPECT_TRUE(decide(core::TurnedAwayAtDoor{}).events.empty());
  EXPECT_EQ(state.position, 1);
  EXPECT_EQ(decide(core::RaiseFormat{"2", 2}).events.at(0).seq, 2);
  EXPECT_EQ(decide(core::TurnedAwayAtDoor{}).events.size(), 1u);
}

TEST(FitTest, AFormatIsRaisedInARunningProgramAndOnceOnly) {
  core::State state;
  const auto decide = [&](const core::Input& input) { return core::decide(state, {}, {}, input, {1000}); };
  (void)decide(core::Started{"1", 5, 1});
  const auto happens = [&](core::EventBody body) {
    core::Event event;
    event.seq = state.position + 1;
    event.at = state.now;
    event.body = std::move(body);
    core::apply(state, event);
  };
  happens(people::PersonAdded{{1}, "budi", {}, people::Role::operator_, {}, {}, {}, {}});
  happens(people::SessionOpened{{1}, {1}, "", {9000}, {}});
  happens(people::BrowserConnected{{1}, {1}});
  const auto raised = decide(core::RaiseFormat{"2", core::kFormat + 1});
  ASSERT_EQ(raised.events.size(), 1u);
  EXPECT_EQ(state.format, core::kFormat + 1);
  EXPECT_EQ(state.epoch, 5);
  EXPECT_TRUE(state.people.session({1})->connected) << "nobody's process ended";
  NoKeys none;
  const auto read = read_event(write_event(raised.events.at(0), none), none);
  ASSERT_FALSE(read) << "this program is the older one now";
  EXPECT_EQ(read.error().code, "format");
  const auto again = decide(core::RaiseFormat{"2", core::kFormat + 1});
  ASSERT_TRUE(again.refusal);
  EXPECT_EQ(again.refusal->code, "format");
  EXPECT_TRUE(again.events.empty());
}

}  // namespace sigap::codec
