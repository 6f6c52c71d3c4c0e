// Calls from a table and from a journal.
#include <gtest/gtest.h>

#include "codec/event_codec.h"
#include "sim/memory_journal.h"
#include "study/calls_file.h"
#include "study/calls_of_journal.h"
#include "study/operators_file.h"
#include "study/study.h"

namespace sigap::study {
namespace {

using sigap::staffing::CallRecord;

constexpr Instant kStart{1'767'571'200'000};  // 2026-01-05T00:00:00Z, a Monday

struct Read {
  std::vector<CallRecord> calls;
  std::vector<std::string> mistakes;

  explicit Read(const std::string& text, std::size_t most = 20) {
    mistakes = read_calls(
        text, "calls.csv",
        [this](const CallRecord& call) {
          if (call.station.value == "nowhere") return std::string("there is no station 'nowhere'");
          calls.push_back(call);
          return std::string();
        },
        most);
  }
};

const std::string kHead = "station,time,handling_seconds\n";

TEST(CallsFileTest, ReadsWhatPeopleAndSpreadsheetsWrite) {
  const Read plain(kHead +
                   "a,2026-01-05T07:00:00+07:00,95\nb,2026-01-05 00:00:01Z,\r\n\n\"a\", 2026-01-05T00:00:02Z ,0.5");
  EXPECT_TRUE(plain.mistakes.empty()) << plain.mistakes.front();
  ASSERT_EQ(plain.calls.size(), 3U);
  EXPECT_EQ(plain.calls[0].at, kStart);
  EXPECT_EQ(plain.calls[0].handling_s, 95);
  EXPECT_FALSE(plain.calls[1].handling_s);
  EXPECT_EQ(plain.calls[2].station.value, "a");
  const Read spreadsheet(
      "\xEF\xBB\xBFsep=;\r\nStation;Time;Handling_seconds;;\r\n\"A\xC2\xA0\";2026-01-05T00:00:00Z;95,5;;\r\n;;;;\r\n");
  EXPECT_TRUE(spreadsheet.mistakes.empty()) << spreadsheet.mistakes.front();
  ASSERT_EQ(spreadsheet.calls.size(), 1U);
  EXPECT_EQ(spreadsheet.calls[0].station.value, "a");
  EXPECT_EQ(spreadsheet.calls[0].handling_s, 95.5);
}

TEST(CallsFileTest, AMistakeHasFileLineAndReason) {
  const Read read(kHead +
                  "a,2026-01-05T00:00:00Z,95\n"
                  "nowhere,2026-01-05T00:00:00Z,95\n"
                  "a,2026-02-30T00:00:00Z,95\n"
                  "a,2026-01-05T00:00:00,95\n"
                  "a,2026-01-05T00:00:00Z,-3\n"
                  "a,2026-01-05T00:00:00Z,1e9\n"
                  "a,2026-01-05T00:00:00Z,nan\n"
                  "a,2026-01-05T00:00:00Z,95 s\n"
                  "a,2026-01-05T00:00:00Z,1.234,5\n"
                  "pol\xC2\xA0res,2026-01-05T00:00:00Z,95\n");
  ASSERT_EQ(read.mistakes.size(), 9U);
  EXPECT_EQ(read.mistakes[0], "calls.csv:3: there is no station 'nowhere'");
  EXPECT_EQ(read.mistakes[1],
            "calls.csv:4: '2026-02-30T00:00:00Z' is no time as in 2026-11-24T19:05:30+07:00 (column time)");
  EXPECT_TRUE(read.mistakes[3].starts_with("calls.csv:6: '-3' is no handling time"));
  EXPECT_TRUE(read.mistakes[7].starts_with("calls.csv:10: 3 columns are needed"));
  EXPECT_EQ(read.mistakes[8],
            "calls.csv:11: column station has an invisible no-break space (U+00A0) at its character 4");
}

TEST(CallsFileTest, WholeFilesThatAreWrong) {
  EXPECT_EQ(Read("time,station\n").mistakes,
            (std::vector<std::string>{"calls.csv:1: the first line must name the columns: "
                                      "station,time,handling_seconds; handling_seconds is missing"}));
  const Read years(kHead + "a,2026-01-05T00:00:00Z,95\na,2062-01-05T00:00:00Z,95\n");
  EXPECT_EQ(years.mistakes,
            (std::vector<std::string>{"calls.csv:3: more than 1098 days after line 2: is one year wrong?"}));
  std::string noise = kHead;
  for (int i = 0; i < 1000; ++i) noise += "x\n";
  EXPECT_EQ(Read(noise, 20).mistakes.size(), 20U) << "enough to see what is wrong";
  EXPECT_TRUE(Read("").calls.empty());
}

TEST(OperatorsFileTest, MistakesHaveTheirLine) {
  stations::State tree;
  tree.apply({{{"a"}, "A", stations::StationLevel::polres, {}, {}, "Asia/Jakarta", {}}});
  const auto read = [&](const std::string& text) {
    std::map<StationCode, int> operators;
    const auto mistakes = read_operators(text, "o.csv", tree, operators);
    return mistakes.empty() ? "fine: " + std::to_string(operators[{"a"}]) : mistakes.front();
  };
  EXPECT_EQ(read("station,operators\na,3\n"), "fine: 3");
  EXPECT_EQ(read("station,operators\na,3\na,4\n"), "o.csv:3: a stands here twice");
  EXPECT_EQ(read("station,operators\nb,3\n"), "o.csv:2: there is no station 'b'");
  EXPECT_EQ(read("station,operators\na,-1\n"),
            "o.csv:2: '-1' is no number of operators, 0 to 10000 (column operators)");
  EXPECT_EQ(read("who\n"), "o.csv:1: the first line must name the columns: station,operators; 'who' is none of them");
  EXPECT_EQ(read("\xEF\xBB\xBFoperators;station\r\n3;a\r\n;\r\n"), "fine: 3");
  EXPECT_EQ(read("station,operators\n"), "o.csv: it names no station");
}

TEST(MissingPartTest, AGapInTheDataIsNotAQuietNight) {
  std::vector<CallRecord> calls;
  const auto busy = [&](int from, int to, int every) {
    for (int minute = from * 60; minute < to * 60; minute += every)
      calls.push_back({{"a"}, kStart + minutes(minute), {}});
  };
  busy(0, 20, 2);
  busy(20, 26, 30);  // a night with few calls
  busy(26, 40, 2);
  EXPECT_FALSE(missing_part(calls));
  busy(45, 60, 2);
  ASSERT_TRUE(missing_part(calls));
  EXPECT_EQ(missing_part(calls)->from, kStart + minutes(40 * 60 - 2));
  EXPECT_EQ(missing_part(calls)->lasts, minutes(5 * 60 + 2));
  EXPECT_FALSE(missing_part({}));
}

/// A journal of events at seconds after the start.
struct Journal {
  sim::MemoryJournal lines;
  std::int64_t position = 0;
  codec::NoKeys none;

  void write(std::int64_t second, core::EventBody body) {
    core::Event event;
    event.id = std::string(32, '0');
    event.stream = "nation";
    event.epoch = 1;
    event.seq = ++position;
    event.at = kStart + seconds(second);
    event.body = std::move(body);
    ASSERT_TRUE(lines.append({{position, "nation", 1, position, codec::write_event(event, none), ""}}));
  }
  void arrive(std::int64_t second, std::int64_t call, const char* station,
              calls::CallKind kind = calls::CallKind::emergency) {
    calls::CallArrived arrived;
    arrived.call = {call};
    arrived.kind = kind;
    write(second, arrived);
    write(second, calls::CallHomed{{call}, {station}});
  }
};

TEST(CallsOfJournalTest, AnOperatorIsTakenFromTheAcceptanceToTheOutcome) {
  Journal j;
  j.write(0, stations::StationDefined{{{"a"}, "A", stations::StationLevel::polres, {"p"}, {}, "Asia/Jakarta", {}}});
  j.arrive(1, 1, "a");
  j.arrive(2, 2, "a");
  j.arrive(3, 3, "a", calls::CallKind::test);
  j.write(4, calls::CallAccepted{{1}, {}, {1}, {1}, {1}});
  j.write(6, calls::CallHomed{{1}, {"b"}, calls::HomeReason::location});  // a better location came
  j.write(10, calls::CallEnded{{2}, {}, calls::CallEndedBy::caller, false, false, "CANCEL"});
  j.write(14, calls::CallReturned{{1}, {}, {1}, {1}});
  j.write(20, calls::CallAccepted{{1}, {}, {2}, {2}, {2}});
  j.write(50, calls::CallEnded{{1}, {}, calls::CallEndedBy::caller, true, false, "BYE"});
  j.write(65, calls::OutcomeSet{{1}, {}, {2}});
  j.arrive(70, 4, "a");
  stations::State tree;
  std::vector<CallRecord> calls;
  ASSERT_TRUE(read_calls(j.lines, tree, [&](const CallRecord& call) { calls.push_back(call); }));
  EXPECT_TRUE(tree.find({"a"}));
  ASSERT_EQ(calls.size(), 3U) << "the test call does not count";
  EXPECT_EQ(calls[0].at, kStart + seconds(2));
  EXPECT_FALSE(calls[0].handling_s) << "nobody answered: a call all the same";
  EXPECT_EQ(calls[1].station.value, "b");
  EXPECT_EQ(calls[1].handling_s, 10 + 45) << "by the operator whose browser died, and by the next with wrap-up";
  EXPECT_EQ(calls[2].at, kStart + seconds(70)) << "still waiting when the journal ends";
}

TEST(CallsOfJournalTest, ALineThatIsNoEventIsNamed) {
  Journal j;
  ASSERT_TRUE(j.lines.append({{1, "nation", 1, 1, "{}", ""}}));
  stations::State tree;
  const auto read = read_calls(j.lines, tree, [](const CallRecord&) {});
  ASSERT_FALSE(read);
  EXPECT_TRUE(read.error().message.starts_with("position 1: ")) << read.error().message;
}

}  // namespace
}  // namespace sigap::study
