// Shifts from a table, judged against what stands.
#include <gtest/gtest.h>

#include "shifts_file/shifts_file.h"

namespace sigap::shifts_file {
namespace {

constexpr Instant kNow{1'796'083'200'000};  // 2026-12-01T00:00:00Z
const std::string kHead = "station,from,until,people,needed\n";

core::Update picture() {
  core::Update update;
  for (const auto& [code, zone] : {std::pair{"polres-sleman", "Asia/Jakarta"},
                                   {"polres-merauke", "Asia/Jayapura"},
                                   {"polres-palu", "Asia/Makassar"},
                                   {"polres-mars", "Mars/Olympus"}})
    update.stations.push_back({{code}, code, stations::StationLevel::polres, {}, {}, zone, {}});
  const auto add = [&](std::int64_t id, const char* login, people::Role role, bool disabled) {
    update.people.push_back({{id}, login, std::nullopt, role, {"polres-sleman"}, "", disabled, false});
  };
  add(1, "sari", people::Role::operator_, false);
  add(2, "budi", people::Role::supervisor, false);
  add(3, "off", people::Role::operator_, true);
  add(4, "slm-01", people::Role::officer, false);
  return update;
}

ShiftsFile read(const std::string& lines, const core::Update& seen = picture()) {
  return read_shifts(lines, "shifts.csv", seen, kNow);
}

/// The one mistake of a file of one line.
std::string wrong(const std::string& line) {
  const auto file = read(kHead + line + "\n");
  EXPECT_TRUE(file.fresh.size() + file.mistakes.size() == 1) << line;
  return file.mistakes.empty() ? "" : file.mistakes.front();
}

TEST(ShiftsFileTest, EachStationHasItsOwnClock) {
  const auto file = read(
      "\xEF\xBB\xBFstation;from;until;people;needed\r\n"
      "polres-sleman;2026-12-02T07:00;2026-12-02T15:00;sari  budi;3\r\n\r\n"
      "polres-palu;2026-12-02 07:00;2026-12-02 15:00;;2\r\n"
      "polres-merauke;2026-12-02T23:00;2026-12-03T07:00;;2");
  ASSERT_EQ(file.mistakes, std::vector<std::string>{});
  ASSERT_EQ(file.fresh.size(), 3U);
  EXPECT_EQ(file.fresh[0].number, 2);
  EXPECT_EQ(file.fresh[0].shift.from, kNow + hours(24));
  EXPECT_EQ(file.fresh[0].shift.until, kNow + hours(24 + 8));
  EXPECT_EQ(file.fresh[0].shift.people, (std::set<PersonId>{{1}, {2}}));
  EXPECT_EQ(file.fresh[0].shift.needed, 3);
  EXPECT_EQ(file.fresh[1].number, 4);
  EXPECT_EQ(file.fresh[1].shift.from, kNow + hours(23));
  EXPECT_EQ(file.fresh[2].shift.from, kNow + hours(24 + 14));
}

TEST(ShiftsFileTest, AsSpreadsheetsWrite) {
  const auto file = read(
      "STATION;From;Until;People;Needed;;\r\n"
      "Polres-Sleman;2026-12-02 7:00;2026-12-02T15:00:00;\"Sari\nBUDI\";3,0;;\r\n;;;;;;\r\n"
      "polres-merauke;2026-12-02T16.00;2026-12-02T24:00;\"\";2\r\n"
      "polres-palu;2026-12-03T07:00;2026-12-03T15:00;\"sari, budi\"\r\n"
      "polres-palu;2026-12-04T07:00;2026-12-04T15:00;\"sari;budi\";;;\r\n");
  ASSERT_EQ(file.mistakes, std::vector<std::string>{});
  ASSERT_EQ(file.fresh.size(), 4U);
  const std::set<PersonId> both{{1}, {2}};
  EXPECT_EQ(file.fresh[0].shift.station.value, "polres-sleman");
  EXPECT_EQ(file.fresh[0].shift.from, kNow + hours(24));
  EXPECT_EQ(file.fresh[0].shift.until, kNow + hours(24 + 8));
  EXPECT_EQ(file.fresh[0].shift.people, both);
  EXPECT_EQ(file.fresh[0].shift.needed, 3);
  EXPECT_EQ(file.fresh[1].number, 5) << "two lines of the first row, and an empty one";
  EXPECT_EQ(file.fresh[1].shift.until, kNow + hours(24 + 15)) << "midnight in Merauke";
  EXPECT_EQ(file.fresh[2].shift.people, both);
  EXPECT_EQ(file.fresh[3].shift.people, both);
}

TEST(ShiftsFileTest, EveryMistakeIsToldWithItsLine) {
  EXPECT_EQ(wrong("polres-x,2026-12-02T07:00,2026-12-02T15:00,,2"), "shifts.csv:2: there is no station 'polres-x'");
  EXPECT_EQ(wrong("polres-mars,2026-12-02T07:00,2026-12-02T15:00,,2"),
            "shifts.csv:2: polres-mars keeps a clock that is not known here: 'Mars/Olympus'");
  EXPECT_EQ(wrong("polres-sleman,2026-12-02T07:00"),
            "shifts.csv:2: 5 columns are needed (station,from,until,people,needed), here are 2");
  for (const std::string time :
       {"07:00", "2026-12-02", "2026-02-30T07:00", "02/12/2026 07.00", "2026-12-02T07:00+07:00"})
    EXPECT_EQ(
        wrong("polres-sleman," + time + ",2026-12-02T15:00,,2"),
        "shifts.csv:2: '" + time + "' is no time as in 2026-12-01T07:00, of the station's own clock (column from)");
  const auto people = [](const std::string& logins, const std::string& needed = "") {
    return wrong("polres-sleman,2026-12-02T07:00,2026-12-02T15:00," + logins + "," + needed);
  };
  EXPECT_EQ(people("sari,budi", "2"),
            "shifts.csv:2: 5 columns are needed (station,from,until,people,needed), here are 6");
  EXPECT_EQ(people("sari ani"), "shifts.csv:2: nobody has the login 'ani'");
  EXPECT_EQ(people("sari sari"), "shifts.csv:2: sari stands here twice");
  EXPECT_EQ(people("off"), "shifts.csv:2: off may not sign in");
  EXPECT_EQ(people("slm-01"), "shifts.csv:2: slm-01 takes no calls");
  EXPECT_EQ(people("", "two"), "shifts.csv:2: 'two' is no number of operators (column needed)");
  EXPECT_EQ(people("sa\xE2\x80\x8Bri"),
            "shifts.csv:2: column people has an invisible zero width space (U+200B) at its character 3");
  EXPECT_EQ(people("", "1001"), "shifts.csv:2: needed: 0 to 1,000");
  EXPECT_EQ(people(""), "shifts.csv:2: people: nobody is in it, and nobody is needed");
  EXPECT_EQ(wrong("polres-sleman,2026-12-02T15:00,2026-12-02T07:00,,2"),
            "shifts.csv:2: until: not after its beginning");
  EXPECT_EQ(wrong("polres-sleman,2026-11-02T07:00,2026-11-02T15:00,,2"), "shifts.csv:2: until: in the past");

  const auto all = read(kHead +
                        "polres-x,2026-12-02T07:00,2026-12-02T15:00,,2\n"
                        "polres-sleman,2026-12-02T07:00,2026-12-02T15:00,sari,2\n"
                        "polres-palu,2026-12-02T07:00,2026-12-02T15:00,budi sari,2\n"
                        "polres-sleman,2026-12-02T07:00,2026-12-02T15:00,sari,2\n");
  EXPECT_EQ(all.mistakes, (std::vector<std::string>{"shifts.csv:2: there is no station 'polres-x'",
                                                    "shifts.csv:4: sari is in the shift of line 3 then",
                                                    "shifts.csv:5: the same shift as in line 3"}));
  EXPECT_EQ(read("station,from\n").mistakes.size(), 1U);
  EXPECT_EQ(read("").mistakes, std::vector<std::string>{"shifts.csv: it has no shift"});
}

TEST(ShiftsFileTest, WhatStandsIsNotPlannedTwice) {
  auto seen = picture();
  core::ShiftCard card{{7}, {"polres-sleman"}, kNow + hours(24), kNow + hours(32), 2, false, false, {}, 0, 0};
  card.people.push_back({{1}, std::nullopt, false, false});
  seen.shifts.push_back(card);
  core::ShiftCard nobody{{8}, {"polres-palu"}, kNow - hours(1), kNow + hours(7), 2, true, false, {}, 0, 0};
  seen.shifts.push_back(nobody);
  const auto file = read(kHead +
                             "polres-sleman,2026-12-02T07:00,2026-12-02T15:00,sari,2\n"
                             "polres-palu,2026-12-01T07:00,2026-12-01T15:00,,2\n"
                             "polres-palu,2026-12-01T07:00,2026-12-01T15:00,,3\n",
                         seen);
  EXPECT_EQ(file.mistakes, std::vector<std::string>{});
  EXPECT_EQ(file.standing, (std::vector<std::int64_t>{2, 3}));
  ASSERT_EQ(file.fresh.size(), 1U) << "another need is another shift";
  EXPECT_EQ(file.fresh[0].number, 4);
  EXPECT_EQ(read(kHead + "polres-palu,2026-12-02T15:30,2026-12-02T17:00,sari,2\n", seen).mistakes,
            std::vector<std::string>{"shifts.csv:2: sari is in another shift of polres-sleman then"});
}

}  // namespace
}  // namespace sigap::shifts_file
