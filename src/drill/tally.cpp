#include "drill/tally.h"

#include <fmt/format.h>

namespace sigap::drill {
namespace {

constexpr int kGoal_ms = 60;  // two packets of 20 ms lost in a row: nobody hears it

void tell_gaps(const Tally& t) {
  const auto s = [](std::chrono::milliseconds time) { return static_cast<double>(time.count()) / 1000; };
  fmt::print("        {:<58} in {:.0f} s from the fault on, in {:.0f} s of calm before it\n",
             fmt::format("longest gap between RTP packets (goal {} ms)", kGoal_ms), s(t.fault), s(t.calm));
  const auto row = [](const char* where, const Gaps& gaps) {
    fmt::print("          {:<56} {:.0f} ms ({:.1f} s after it), {:.0f} ms\n", where, gaps.fault.ms, gaps.fault.began_s,
               gaps.calm.ms);
  };
  row("in a conversation", t.talking_gaps);
  row("in the queue", t.waiting_gaps);
  fmt::print("          {:<56} {:.0f} ms, {:.0f} ms\n", "late with a packet was the drill itself by up to",
             t.late_fault_ms, t.late_calm_ms);
}

}  // namespace

bool tell(const Tally& t) {
  const int all = t.waiting + t.talking, calls = all + t.served;
  bool good = true;
  const auto row = [&](const std::string& what, bool holds, const std::string& seen) {
    good = good && holds;
    fmt::print("  {}  {:<58} {}\n", holds ? "ok  " : "LOST", what, seen);
  };
  const auto unseen = [](const char* what, const char* how) { fmt::print("  -     {:<58} not seen: {}\n", what, how); };
  const auto of = [](int some, int of_all) { return fmt::format("{} of {}", some, of_all); };
  fmt::print("\n");
  row("callers still there afterwards", t.there == all, of(t.there, all));
  row("operators back in their conversation", t.desks_back == t.talking,
      fmt::format("{}, {:.0f} ms after {}", of(t.desks_back, t.talking), t.back_after_ms, t.back_after_what));
  constexpr auto kJournal = "calls answered with 200 that the journal knows",
                 kMedia = "calls left at the media process";
  if (t.in_journal)
    row(kJournal, *t.in_journal == t.given_200 && t.given_200 == calls, of(*t.in_journal, t.given_200));
  else
    unseen(kJournal, "--data and --keys tell where it is");
  row("callers from the queue answered after it", t.answered_later == t.waiting / 2,
      of(t.answered_later, t.waiting / 2));
  row("calls ended properly", t.ended == calls, of(t.ended, calls));
  if (t.left_at_media)
    row(kMedia, *t.left_at_media == 0,
        *t.left_at_media < 0 ? std::string("it does not answer") : fmt::format("{}", *t.left_at_media));
  else
    unseen(kMedia, "--ng tells where to ask");
  for (const auto& finding : t.findings) row(finding.what, finding.holds, finding.seen);
  tell_gaps(t);
  fmt::print("{}\n", good ? "Nobody was lost." : "Somebody was lost.");
  return good;
}

}  // namespace sigap::drill
