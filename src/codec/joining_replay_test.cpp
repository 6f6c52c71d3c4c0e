// Random joins, splits and closings: no report is lost, roots count right, there is no cycle, a split restores exactly,
// and a replay without any key gives the same state.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "codec/event_codec.h"
#include "codec/json.h"
#include "codec/state_codec.h"
#include "codec/tables.h"
#include "core/testing/nation_of_tests.h"

namespace sigap::codec {
namespace {

/// What is personal can be read back by nobody.
class ShutSealer final : public Sealer {
 public:
  std::string seal(std::string_view, std::string_view, std::string_view) override { return "shut"; }
  std::optional<std::string> open(std::string_view, std::string_view, std::string_view) override { return {}; }
};

struct Story {
  core::Nation n;
  std::vector<core::Event> journal;
  std::mt19937 random;
  SessionId desk;
  std::vector<IncidentId> all;

  explicit Story(unsigned seed) : random(seed) {
    // From the first event on: the nation of tests has begun already.
    n.state = {};
    core::Nation fresh;
    n.now = fresh.now;
    said(core::Started{"test", 1});
    core::DefineStations stations;
    for (const auto& [code, station] : fresh.state.stations.stations) stations.stations.push_back(station);
    std::sort(stations.stations.begin(), stations.stations.end(),
              [](const auto& a, const auto& b) { return a.level < b.level; });
    said(stations);
    const PersonId person{n.state.next.person};
    said(core::CommandAsked{core::CommandLine{},
                            core::AddPerson{"op", "op", people::Role::operator_, {"polda-diy"}, "", "hash", true}, "",
                            ""});
    desk = {n.state.next.session};
    said(core::SignIn{person, "h"});
    said(core::BrowserAttached{desk});
    asked(core::PassHeadset{});
    asked(core::BeReady{});
  }
  void said(const core::Input& input) {
    n.say(input);
    journal.insert(journal.end(), n.last.begin(), n.last.end());
  }
  void asked(core::Command command) {
    said(core::CommandAsked{core::SignedIn{desk}, std::move(command), "t" + std::to_string(journal.size()),
                            "h" + std::to_string(journal.size())});
  }
  void report() {
    n.now = n.now + seconds(20);
    core::CallArrives in;
    in.leg = {"leg" + std::to_string(journal.size())};
    in.trunk_station = {random() % 2 ? "polres-sleman" : "polres-bantul"};
    in.number = "+62";
    if (random() % 5) in.location = Location{*geo_point(110.3 + 0.002 * static_cast<double>(random() % 30), -7.75), 20};
    const CallId call{n.state.next.call};
    said(in);
    asked(core::AcceptOffer{n.op(desk).offer});
    all.push_back(n.state.calls.find(call)->incident);
    asked(core::SetOutcome{call, calls::Outcome::genuine});
  }
  IncidentId any() { return all[random() % all.size()]; }
  /// Everything known of incidents, to the letter, as a checkpoint writes it; but for what happened, which stays.
  std::string incidents() {
    auto log = n.state.incidents;
    for (auto& [id, incident] : log.incidents) incident.history.clear();
    return write_json(type_of<incidents::State>(), &log, nullptr, "", Secrets::left_out);
  }

  void check() {
    const auto& log = n.state.incidents;
    std::map<IncidentId, std::int64_t> counted;
    for (const auto id : all) {
      const auto* incident = log.find(id);
      ASSERT_TRUE(incident) << "no report is lost";
      const auto root = log.root_of(id);
      ++counted[root];
      const auto& head = *log.find(root);
      ASSERT_FALSE(head.into) << "a root is joined to nothing";
      ASSERT_EQ(head.closed, incident->closed);
      ASSERT_EQ(bool(incident->into), bool(incident->root));
      auto at = id;
      std::size_t steps = 0;
      for (; log.find(at)->into; at = log.find(at)->into) ASSERT_LT(++steps, all.size()) << "a cycle";
      ASSERT_EQ(at, root);
      ASSERT_LE(incident->opened, head.latest);
      const auto sighting = incidents::sighting(*incident);
      const auto* seen = n.state.indexes.sightings.of(incident->province);
      ASSERT_EQ(sighting && seen ? std::count(seen->begin(), seen->end(), *sighting) : 0,
                sighting && !incident->into && !incident->closed);
      for (const auto& candidate : incident->candidates) ASSERT_TRUE(log.likers.at(candidate.incident).contains(id));
    }
    for (const auto& [root, count] : counted) ASSERT_EQ(log.reporters(root), count);
  }
};

}  // namespace

TEST(JoiningReplayTest, RandomJoinsSplitsAndClosings) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    Story s(seed);
    std::int64_t joins = 0, splits = 0, undone = 0;
    for (int step = 0; step < 250; ++step) {
      const auto dice = s.random() % 100;
      if (s.all.size() < 4 || dice < 12) {
        s.report();
      } else if (dice < 55) {
        const auto before = s.incidents();
        const auto incident = s.any();
        s.asked(core::JoinIncident{incident, s.any()});
        joins += !s.n.refusal;
        if (!s.n.refusal && s.random() % 2) {
          s.asked(core::SplitIncident{incident});
          ASSERT_EQ(s.incidents(), before) << "a split restores exactly, seed " << seed;
          ++undone;
        }
      } else if (dice < 80) {
        s.asked(core::SplitIncident{s.any()});
        splits += !s.n.refusal;
      } else if (dice < 84) {
        s.asked(core::JoinSimilar{s.any()});
      } else if (dice < 88) {
        s.asked(core::CloseIncident{s.any()});
      } else {
        const auto point = *geo_point(110.3 + 0.002 * static_cast<double>(s.random() % 30), -7.75);
        s.asked(core::EditIncident{
            s.any(), incidents::IncidentType(s.random() % 13), {}, incidents::Place{"x", point}, {}, {}});
      }
      s.check();
      ASSERT_FALSE(testing::Test::HasFatalFailure()) << "seed " << seed << ", step " << step;
    }
    EXPECT_GT(joins, 10);
    EXPECT_GT(splits, 5);
    EXPECT_GT(undone, 3);

    // The journal as it was written, read by who has no key.
    ShutSealer sealer;
    core::State again;
    std::int64_t likened = 0;
    for (const auto& event : s.journal) {
      const auto read = read_event(write_event(event, sealer), sealer);
      ASSERT_TRUE(read) << read.error().field;
      likened += std::holds_alternative<incidents::IncidentLikened>(read->body);
      core::apply(again, *read);
    }
    EXPECT_GT(likened, 5);
    EXPECT_EQ(hashable_text(again), hashable_text(s.n.state)) << "seed " << seed;

    // After a day nothing of it is left.
    for (const auto id : s.all) s.asked(core::CloseIncident{id});
    s.n.pass(hours(30));
    EXPECT_TRUE(s.n.state.incidents.incidents.empty());
    EXPECT_TRUE(s.n.state.incidents.reports.empty());
    EXPECT_TRUE(s.n.state.incidents.likers.empty());
  }
}

}  // namespace sigap::codec
