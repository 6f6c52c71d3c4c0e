// Calls are found again by who may hear them, a forgotten one is gone, and what is to be deleted is told until it is.
#include "adapters/recordings_sqlite/recordings_sqlite.h"

#include <gtest/gtest.h>

#include "scratch/scratch_folder.h"

namespace sigap::recordings_sqlite {
namespace {

using ports::RecordingNote;
using What = RecordingNote::What;

struct Index {
  ScratchFolder folder;
  std::unique_ptr<RecordingsSqlite> index = *RecordingsSqlite::open(folder);
  std::int64_t position = 0;

  void note(What what, std::int64_t call, std::int64_t value = 0, const char* station = "") {
    RecordingNote n;
    n.what = what;
    n.call = {call};
    n.at = {1'000 * ++position};
    n.value = value;
    n.station = {station};
    n.position = position;
    if (what == What::talked || what == What::played) n.person = {value};
    if (what == What::incident) n.incident = {value};
    if (what == What::moment) n.call = {}, n.incident = {call};
    ASSERT_TRUE(index->take({n}, {position, "hash" + std::to_string(position)}));
  }
  void call(std::int64_t id, const char* station, std::int64_t person, std::int64_t recording) {
    note(What::arrived, id);
    note(What::home, id, 0, station);
    note(What::talked, id, person);
    note(What::connected, id);
    if (recording) note(What::recorded, id, recording);
    note(What::ended, id);
  }
  std::vector<std::int64_t> found(ports::RecordingQuery query) {
    query.most = 10;
    std::vector<std::int64_t> ids;
    for (const auto& call : index->find(query)) ids.push_back(call.call.value);
    return ids;
  }
};

}  // namespace

TEST(RecordingsTest, ACallIsFoundByStationOperatorIncidentAndTime) {
  Index i;
  i.call(1, "polres-a", 5, 71);
  i.call(2, "polres-b", 6, 72);
  i.call(3, "polres-a", 6, 0);
  i.note(What::incident, 2, 40);
  ports::RecordingQuery q;
  q.stations = {{"polres-a"}};
  EXPECT_EQ(i.found(q), (std::vector<std::int64_t>{3, 1})) << "the newest first";
  q.recorded = true;
  EXPECT_EQ(i.found(q), (std::vector<std::int64_t>{1}));
  q.operator_ = {6};
  EXPECT_EQ(i.found(q), (std::vector<std::int64_t>{2, 1})) << "at home there, or talked to by them";
  ports::RecordingQuery by_incident;
  by_incident.incident = {40};
  EXPECT_EQ(i.found(by_incident), (std::vector<std::int64_t>{2}));
  ports::RecordingQuery by_time;
  by_time.until = Instant{3'000};
  EXPECT_EQ(i.found(by_time), (std::vector<std::int64_t>{1}));
  ports::RecordingQuery odd;
  odd.stations = {{"\"\\ ' ]"}};
  EXPECT_TRUE(i.found(odd).empty());
}

TEST(RecordingsTest, WhatIsKnownOfACallIsWhatItsEventsSaid) {
  Index i;
  i.call(1, "polres-a", 5, 71);
  i.note(What::incident, 1, 40);
  i.note(What::task, 1, 9);
  i.note(What::outcome, 1, static_cast<std::int64_t>(calls::Outcome::prank));
  i.note(What::moment, 40, static_cast<std::int64_t>(incidents::HappeningKind::place_set));
  i.note(What::played, 1, 8);
  ports::RecordingQuery q;
  q.calls = {{1}};
  q.most = 1;
  q.whole = true;
  const auto call = i.index->find(q).at(0);
  EXPECT_EQ(call.arrived.ms, 1'000);
  EXPECT_EQ(call.connected->ms, 4'000);
  EXPECT_EQ(call.ended->ms, 6'000);
  EXPECT_EQ(call.recording, RecordingId{71});
  EXPECT_EQ(call.outcome, calls::Outcome::prank);
  EXPECT_EQ(call.records, (Records{{{1}}, {{40}}, {{9}}}));
  ASSERT_EQ(call.moments.size(), 1u);
  EXPECT_EQ(call.moments[0].kind, incidents::HappeningKind::place_set);
  ASSERT_EQ(call.plays.size(), 1u);
  EXPECT_EQ(call.plays[0].person, PersonId{8});
  EXPECT_EQ(call.plays[0].position, i.position) << "where the journal says why";
}

TEST(RecordingsTest, WhatIsForgottenOrDroppedIsToldUntilItsFileIsDeleted) {
  Index i;
  i.call(1, "polres-a", 5, 71);
  i.call(2, "polres-a", 5, 72);
  i.call(3, "polres-a", 5, 0);
  i.note(What::dropped, 1);
  i.note(What::forgotten, 2);
  i.note(What::forgotten, 3);
  EXPECT_EQ(i.index->gone(10), (std::vector<RecordingId>{{71}, {72}}));
  i.index->deleted({71});
  EXPECT_EQ(i.index->gone(10), (std::vector<RecordingId>{{72}}));
  ports::RecordingQuery all;
  EXPECT_EQ(i.found(all), (std::vector<std::int64_t>{1})) << "its words are kept, its sound is not";
  all.recorded = true;
  EXPECT_TRUE(i.found(all).empty());
}

TEST(RecordingsTest, WhatIsKeptTooLongIsToldByItsOutcome) {
  Index i;
  for (std::int64_t id = 1; id <= 3; ++id) i.call(id, "polres-a", 5, 70 + id);
  i.note(What::outcome, 1, static_cast<std::int64_t>(calls::Outcome::genuine));
  i.note(What::outcome, 2, static_cast<std::int64_t>(calls::Outcome::prank));
  const auto over = [&](std::vector<std::optional<calls::Outcome>> outcomes, std::int64_t since) {
    std::vector<std::int64_t> ids;
    for (const auto& call : i.index->over({std::move(outcomes), {since}}, 10)) ids.push_back(call.call.value);
    return ids;
  };
  EXPECT_EQ(over({calls::Outcome::prank, std::nullopt}, 100'000), (std::vector<std::int64_t>{2, 3}));
  EXPECT_EQ(over({calls::Outcome::genuine}, 100'000), (std::vector<std::int64_t>{1}));
  EXPECT_TRUE(over({calls::Outcome::genuine}, 2'000).empty()) << "it ended later";
}

}  // namespace sigap::recordings_sqlite
