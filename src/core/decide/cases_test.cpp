// The life of a complaint: filed, answered or raised, closed by an answer, not solved once, rated, over.
#include "base/hash.h"
#include "core/testing/nation_of_tests.h"
#include "core/views/project.h"

namespace sigap::core {
namespace {

Duration days(std::int64_t count) {
  return hours(24 * count);
}

struct Complaints : Nation {
  PersonId at_sleman, at_polda, at_mabes;
  CaseId id;

  Complaints() {
    at_sleman = add("sleman", people::Role::supervisor, "polres-sleman");
    at_polda = add("polda", people::Role::supervisor, "polda-diy");
    at_mabes = add("mabes", people::Role::supervisor, "mabes");
    say(DefineCaseCategories{{{"service", "Pelayanan", "Service", false}, {"conduct", "Sikap", "Conduct", true}}});
    id = file("polres-sleman");
  }
  CaseId file(const std::string& station, const std::string& number = "+62812",
              const std::string& category = "service") {
    const CaseId next{state.cases->next};
    say(CaseArrives{"code" + std::to_string(next.value), category, {station}, "Lama sekali.", "", {7}, number});
    return next;
  }
  const cases::Case& now_of(CaseId which) const { return *find_case(state, which); }
  std::string code() const { return refusal ? refusal->code : ""; }
  /// A new sign-in each time: those of before are over after days.
  void by(PersonId person, Command command) {
    const auto* session = state.people.session_of(person);
    const auto it = session ? session->id : sign_in(person);
    ask(it, std::move(command));
  }
  std::int64_t late_tasks(const std::string& station) const {
    return std::ranges::count_if(state.tasks.tasks, [&](const auto& each) {
      return each.second.kind == tasks::TaskKind::late_complaint && each.second.station.value == station;
    });
  }
};

}  // namespace

TEST(ComplaintTest, IsFiledOnceAndSaysWhenItIsAnswered) {
  Complaints n;
  const auto& filed = n.now_of(n.id);
  EXPECT_EQ(filed.station.value, "polres-sleman");
  EXPECT_EQ(filed.limit, n.now + days(14));
  EXPECT_EQ(filed.due, n.now + days(5));
  n.say(CaseArrives{"code1", "service", {"polres-bantul"}, "Lama sekali.", "", {7}, ""});
  EXPECT_FALSE(n.refusal);
  EXPECT_TRUE(n.last.empty()) << "the page said it again";
  const auto own = views::own_case(n.state, n.id, "code1");
  ASSERT_TRUE(own);
  EXPECT_EQ(own->due, filed.limit) << "what the law promises";
  EXPECT_FALSE(views::own_case(n.state, n.id, "code2"));
  EXPECT_FALSE(views::own_case(n.state, n.id, ""));
}

TEST(ComplaintTest, WhatIsWrongIsSaidAndNothingHappens) {
  Complaints n;
  const auto refused = [&](CaseArrives in) {
    n.say(in);
    EXPECT_TRUE(n.last.empty());
    return n.refusal ? n.refusal->code + " " + n.refusal->field : "";
  };
  const CaseArrives good{"new", "service", {"polres-sleman"}, "Lama sekali.", "", {}, ""};
  auto in = good;
  in.category = "nothing";
  EXPECT_EQ(refused(in), "invalid category");
  in = good, in.station = {"polres-nowhere"};
  EXPECT_EQ(refused(in), "invalid station");
  in = good, in.text = "short";
  EXPECT_EQ(refused(in), "invalid text");
  in = good, in.text = std::string(4'001, 'x');
  EXPECT_EQ(refused(in), "too_long text");
  in = good, in.where = std::string(201, 'x');
  EXPECT_EQ(refused(in), "too_long where");
  in = good, in.number = std::string(33, '1');
  EXPECT_EQ(refused(in), "too_long number");
  in = good, in.code_hash = "";
  EXPECT_EQ(refused(in), "invalid code");
}

TEST(ComplaintTest, OfAStationThatHasNobodyGoesToTheNextAbove) {
  Complaints n;
  EXPECT_EQ(n.now_of(n.file("polres-bantul")).station.value, "polda-diy");
  EXPECT_EQ(n.now_of(n.file("polres-jayapura")).station.value, "mabes");
  EXPECT_EQ(n.now_of(n.file("")).station.value, "mabes") << "the citizen does not know whose it is";
  // Closed while it is there: the limit takes it on.
  n.say(CommandAsked{CommandLine{}, DisablePerson{n.at_sleman}, "", ""});
  n.say(CommandAsked{CommandLine{}, DisablePerson{n.at_polda}, "", ""});
  n.pass(days(5));
  EXPECT_EQ(n.now_of(n.id).station.value, "mabes");
}

TEST(ComplaintTest, WhatNobodyAnswersGoesUpVisiblyAndStaysBeforeTheHighest) {
  Complaints n;
  n.pass(hours(5 * 24 - 1));
  EXPECT_EQ(n.now_of(n.id).station.value, "polres-sleman");
  n.pass(hours(1));
  EXPECT_EQ(n.now_of(n.id).station.value, "polda-diy");
  EXPECT_EQ(n.late_tasks("polda-diy"), 1);
  n.pass(days(5));
  EXPECT_EQ(n.now_of(n.id).station.value, "mabes");
  EXPECT_EQ(n.late_tasks("polda-diy"), 0);
  EXPECT_EQ(n.late_tasks("mabes"), 1);
  EXPECT_EQ(n.now_of(n.id).due, n.now_of(n.id).limit) << "ours is never after the law's";
  n.pass(days(30));
  EXPECT_EQ(n.late_tasks("mabes"), 1) << "it stays";
  const auto task = n.now_of(n.id).task;
  n.by(n.at_mabes, CloseTask{task, tasks::TaskReason::handled, ""});
  EXPECT_EQ(n.code(), "open_case");
  n.by(n.at_mabes, AnswerCase{n.id, "Kami menyesal.", false});
  EXPECT_EQ(n.code(), "");
  EXPECT_EQ(n.late_tasks("mabes"), 0);
  EXPECT_EQ(n.now_of(n.id).due, n.now + days(14)) << "they hear more by then";
  n.pass(days(14));
  EXPECT_EQ(n.late_tasks("mabes"), 1) << "or it is late again";
}

TEST(ComplaintTest, IsClosedByAnAnswerAloneAndTheCitizenIsTold) {
  Complaints n;
  n.by(n.at_sleman, AnswerCase{n.id, "", true});
  EXPECT_EQ(n.code(), "invalid");
  n.by(n.at_sleman, NoteCase{n.id, "RAHASIA"});
  EXPECT_TRUE(n.happened<cases::CaseMessageOrdered>().empty());
  n.by(n.at_sleman, AnswerCase{n.id, "Petugas sudah ditegur.", true});
  const auto told = n.happened<cases::CaseMessageOrdered>();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_NE(told[0].text.value->find("P-2023-000001"), std::string::npos) << *told[0].text.value;
  EXPECT_EQ(told[0].text.value->find("ditegur"), std::string::npos) << "a telephone may be in other hands";
  EXPECT_EQ(told[0].number.subject, subject_of(n.id));
  const auto own = views::own_case(n.state, n.id, "code1");
  ASSERT_TRUE(own && own->closed);
  EXPECT_EQ(own->entries.back().text, "Petugas sudah ditegur.");
  EXPECT_FALSE(own->entries.back().by) << "no names";
  for (const auto& entry : own->entries) EXPECT_NE(entry.text.value_or(""), "RAHASIA");
  n.by(n.at_sleman, AnswerCase{n.id, "Sekali lagi.", true});
  EXPECT_EQ(n.code(), "closed");
}

TEST(ComplaintTest, NotSolvedIsSaidOnceAndTakesItOneLevelUp) {
  Complaints n;
  n.say(CaseDisputed{n.id, "code1", "Belum."});
  EXPECT_EQ(n.code(), "gone") << "nobody has closed it";
  n.by(n.at_sleman, AnswerCase{n.id, "Selesai.", true});
  n.say(CaseDisputed{n.id, "wrong", "Belum."});
  EXPECT_EQ(n.code(), "unknown");
  n.say(CaseDisputed{n.id, "code1", "Belum selesai."});
  EXPECT_EQ(n.code(), "");
  EXPECT_EQ(n.now_of(n.id).station.value, "polda-diy");
  EXPECT_FALSE(n.now_of(n.id).closed);
  EXPECT_EQ(n.now_of(n.id).limit, n.now + days(14));
  n.by(n.at_sleman, AnswerCase{n.id, "Sudah.", true});
  EXPECT_EQ(n.code(), "not_allowed") << "it is not theirs any more";
  n.by(n.at_polda, AnswerCase{n.id, "Kini selesai.", true});
  EXPECT_EQ(n.code(), "");
  n.say(CaseDisputed{n.id, "code1", "Belum."});
  EXPECT_EQ(n.code(), "gone") << "once";
}

TEST(ComplaintTest, IsRatedOnceAndThenOver) {
  Complaints n;
  n.say(CaseMarked{n.id, "code1", 5});
  EXPECT_EQ(n.code(), "gone");
  n.by(n.at_sleman, AnswerCase{n.id, "Selesai.", true});
  n.say(CaseMarked{n.id, "code1", 6});
  EXPECT_EQ(n.code(), "invalid");
  n.say(CaseMarked{n.id, "code1", 4});
  EXPECT_EQ(n.code(), "");
  EXPECT_EQ(n.now_of(n.id).mark, 4);
  n.say(CaseMarked{n.id, "code1", 1});
  EXPECT_EQ(n.code(), "gone");
  EXPECT_TRUE(n.state.cases->by_caller.contains({7}));
  n.pass(days(14));
  EXPECT_EQ(find_case(n.state, n.id), nullptr);
  EXPECT_FALSE(n.state.cases->by_caller.contains({7}));
  EXPECT_FALSE(n.state.timers.runs(TimerKind::complaint, n.id.value));
  Records all;
  all.set_complaints({n.id});
  n.say(RetentionOver{all});
  EXPECT_EQ(n.happened<privacy::RecordsForgotten>().at(0).records.complaints(), std::vector<CaseId>{n.id});
}

TEST(ComplaintTest, MovingItWinsNoTimeAndTakesItsAlarmAlong) {
  Complaints n;
  n.pass(days(3));
  const auto due = n.now_of(n.id).due;
  n.by(n.at_sleman, MoveCase{n.id, {"polda-diy"}, "service"});
  EXPECT_EQ(n.code(), "") << "one level up from where it is";
  EXPECT_EQ(n.now_of(n.id).due, due);
  n.pass(days(11));
  ASSERT_EQ(n.late_tasks("mabes"), 1);
  n.by(n.at_mabes, MoveCase{n.id, {"polres-bantul"}, "service"});
  EXPECT_EQ(n.code(), "nobody") << "nobody there would answer it";
  n.by(n.at_mabes, MoveCase{n.id, {"polres-sleman"}, "service"});
  EXPECT_EQ(n.code(), "");
  EXPECT_EQ(n.late_tasks("mabes"), 0);
  EXPECT_EQ(n.late_tasks("polres-sleman"), 1) << "it is late still";
}

TEST(ComplaintTest, ByCallBringsItsNumberAndACode) {
  Complaints n;
  const auto op = n.operator_ready("op", "polres-sleman");
  const auto call = n.arrives("polres-sleman", {9});
  n.ask(op, AcceptOffer{n.op(op).offer});
  const CaseId id{n.state.cases->next};
  n.say(CommandAsked{SignedIn{op}, SetOutcome{call, calls::Outcome::complaint},
                     "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "hash"});
  ASSERT_EQ(n.code(), "");
  const auto& complaint = n.now_of(id);
  EXPECT_EQ(complaint.origin, cases::CaseOrigin::call);
  EXPECT_EQ(complaint.caller, CallerRef{9});
  const auto told = n.happened<cases::CaseMessageOrdered>();
  ASSERT_EQ(told.size(), 1U);
  const auto at = told[0].text.value->find("Kode: ");
  ASSERT_NE(at, std::string::npos);
  const auto code = cases::code_in(told[0].text.value->substr(at + 6, 19));
  EXPECT_TRUE(views::own_case(n.state, id, sha256_hex(code))) << "the code that they were sent opens it";
}

}  // namespace sigap::core
