// How fast the core, the views, the codec and the journal are. Read ratios, not seconds: docs/performance.md.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "base/check.h"
#include "codec/event_codec.h"
#include "core/decide.h"
#include "core/views/picture.h"
#include "scratch/scratch_folder.h"

namespace sigap {
namespace {

constexpr int kProvinces = 36, kDistricts = 14;  // 1 + 36 + 36 x 14 = 541 stations, about the nation's 543

/// A nation with `operators` ready operators spread over its districts.
struct Nation {
  core::State state;
  core::Positions positions;
  Instant now{1'767'225'600'000};
  std::vector<StationCode> districts;
  std::vector<SessionId> sessions;
  std::int64_t legs = 0;

  core::Decision say(const core::Input& input) { return core::decide(state, positions, core::kPolicy, input, now); }
  core::Decision ask(SessionId session, core::Command command) {
    return say(core::CommandAsked{core::SignedIn{session}, std::move(command), "t", "h"});
  }

  explicit Nation(std::int64_t operators) {
    using stations::StationLevel;
    core::DefineStations define;
    define.stations.push_back(
        {{"mabes"}, "Mabes", StationLevel::mabes, {}, *geo_point(106.8, -6.2), "Asia/Jakarta", {}});
    for (int p = 0; p < kProvinces; ++p) {
      const StationCode polda{"polda-" + std::to_string(p)};
      define.stations.push_back(
          {polda, "Polda", StationLevel::polda, {"mabes"}, *geo_point(95 + p, -5), "Asia/Jakarta", {}});
      for (int d = 0; d < kDistricts; ++d) {
        districts.push_back({"polres-" + std::to_string(p) + "-" + std::to_string(d)});
        define.stations.push_back({districts.back(),
                                   "Polres",
                                   StationLevel::polres,
                                   polda,
                                   *geo_point(95 + p + 0.05 * d, -5 + 0.1 * d),
                                   "Asia/Jakarta",
                                   {}});
      }
    }
    say(core::Started{"bench", 1});
    say(define);
    for (std::int64_t i = 0; i < operators; ++i) {
      const PersonId id{state.next.person};
      const auto station = districts[static_cast<std::size_t>(i) % districts.size()];
      say(core::CommandAsked{
          core::CommandLine{},
          core::AddPerson{"op" + std::to_string(i), "n", people::Role::operator_, station, "", "hash", true}, "", ""});
      const SessionId session{state.next.session};
      say(core::SignIn{id, "h" + std::to_string(i)});
      say(core::BrowserAttached{session});
      ask(session, core::PassHeadset{});
      ask(session, core::BeReady{});
      sessions.push_back(session);
    }
  }
  core::CallArrives arrival() {
    core::CallArrives in;
    in.leg = {"leg" + std::to_string(++legs)};
    in.trunk_station = districts[static_cast<std::size_t>(legs) % districts.size()];
    in.number = "+62812" + std::to_string(legs);
    in.signalling = std::string(1200, 'x');  // an INVITE
    return in;
  }
  /// Arrival, answer, conversation, end, outcome: 5 inputs.
  std::vector<core::Event> whole_call() {
    now = now + milliseconds(20);
    std::vector<core::Event> events;
    const auto keep = [&](core::Decision d) {
      for (auto& e : d.events) events.push_back(std::move(e));
    };
    const CallId call{state.next.call};
    const auto in = arrival();
    keep(say(in));
    const OfferId offer{state.next.offer - 1};
    const auto* op = state.people.operator_of(state.offers.at(offer).person);
    const auto session = op->session;
    keep(ask(session, core::AcceptOffer{offer}));
    keep(say(core::BridgeReported{offer, true, ""}));
    keep(say(core::LegEnded{in.leg, calls::CallEndedBy::caller, "BYE"}));
    keep(ask(session, core::SetOutcome{call, calls::Outcome::prank}));
    return events;
  }
};

/// Opens `count` incidents within minutes: all in one province, as in an earthquake, or all over the nation.
IncidentId open_incidents(Nation& nation, std::int64_t count, bool one_province) {
  for (std::int64_t i = 0; i < count; ++i) {
    nation.now = nation.now + milliseconds(20);
    auto in = nation.arrival();
    const auto p = one_province ? 3 : i % kProvinces, d = i % kDistricts;
    in.location = Location{
        *geo_point(95 + static_cast<double>(p) + 0.05 * static_cast<double>(d) + 1e-5 * static_cast<double>(i % 997),
                   -5 + 0.1 * static_cast<double>(d) + 1e-5 * static_cast<double>(i % 991)),
        30};
    const CallId call{nation.state.next.call};
    nation.say(in);
    const OfferId offer{nation.state.next.offer - 1};
    const auto session = nation.state.people.operator_of(nation.state.offers.at(offer).person)->session;
    nation.ask(session, core::AcceptOffer{offer});
    nation.say(core::LegEnded{in.leg, calls::CallEndedBy::caller, "BYE"});
    nation.ask(session, core::SetOutcome{call, calls::Outcome::genuine});
  }
  return {nation.state.next.incident - 1};
}

class OpenSealer final : public codec::Sealer {
 public:
  std::string seal(std::string_view, std::string_view, std::string_view plain) override { return std::string(plain); }
  std::optional<std::string> open(std::string_view, std::string_view, std::string_view s) override {
    return std::string(s);
  }
};

}  // namespace

/// Inputs a second through decide and apply, with this many ready operators. A call is five inputs.
void BM_WholeCalls(benchmark::State& bench) {
  Nation nation(bench.range(0));
  std::int64_t inputs = 0;
  for (auto _ : bench) {
    benchmark::DoNotOptimize(nation.whole_call());
    inputs += 5;
  }
  bench.counters["inputs/s"] = benchmark::Counter(static_cast<double>(inputs), benchmark::Counter::kIsRate);
}
BENCHMARK(BM_WholeCalls)->Arg(10)->Arg(420)->Arg(2400)->Iterations(5000);

/// One change of an incident's place while `range(0)` are open, with the search for what it may be the same event as;
/// all in one province if `range(1)`.
void BM_Liken(benchmark::State& bench) {
  Nation nation(420);
  const auto incident = open_incidents(nation, bench.range(0), bench.range(1) != 0);
  const auto by = nation.state.people.session_of(nation.state.incidents.find(incident)->opened_by)->id;
  const auto point = nation.state.incidents.find(incident)->place.value->point;
  for (auto _ : bench)
    benchmark::DoNotOptimize(nation.ask(by, core::EditIncident{incident, {}, {}, incidents::Place{"", point}, {}, {}}));
}
BENCHMARK(BM_Liken)->Args({100, 0})->Args({10'000, 0})->Args({1'000, 1})->Args({10'000, 1})->Iterations(200);

/// What one more report costs where `range` are joined already: the join, and telling 420 screens.
void BM_JoinAndTell(benchmark::State& bench) {
  Nation nation(420);
  const auto last = open_incidents(nation, bench.range(0) + 1, true);
  const IncidentId root{1};
  for (std::int64_t id = 2; id < last.value; ++id) {
    core::Event event;
    event.seq = nation.state.position + 1;
    event.at = nation.now;
    event.body = incidents::IncidentJoined{{id}, root, {}};
    core::apply(nation.state, event);
  }
  std::vector<core::views::Picture> pictures;
  for (const auto session : nation.sessions) pictures.emplace_back(session);
  const auto view = [&](std::size_t i) {
    const auto person = nation.state.people.session(nation.sessions[i])->person;
    return core::views::View{nation.state, nation.positions, core::kPolicy, *nation.state.people.person(person)};
  };
  for (std::size_t i = 0; i < pictures.size(); ++i) benchmark::DoNotOptimize(pictures[i].complete(view(i)));
  bool joined = false;
  for (auto _ : bench) {
    core::Event event;
    event.seq = nation.state.position + 1;
    event.at = nation.now;
    if (joined)
      event.body = incidents::IncidentSplit{last, root, {}};
    else
      event.body = incidents::IncidentJoined{last, root, {}};
    joined = !joined;
    core::apply(nation.state, event);
    const auto touched = core::views::touched_by(nation.state, {event});
    for (std::size_t i = 0; i < pictures.size(); ++i) benchmark::DoNotOptimize(pictures[i].changes(view(i), touched));
  }
}
BENCHMARK(BM_JoinAndTell)->Arg(1)->Arg(200)->Arg(2'000)->Iterations(200);

/// What a commit of one arriving call costs in telling `range` signed-in screens.
void BM_TellScreens(benchmark::State& bench) {
  Nation nation(bench.range(0));
  std::vector<core::views::Picture> pictures;
  for (const auto session : nation.sessions) pictures.emplace_back(session);
  const auto view = [&](std::size_t i) {
    const auto person = nation.state.people.session(nation.sessions[i])->person;
    return core::views::View{nation.state, nation.positions, core::kPolicy, *nation.state.people.person(person)};
  };
  for (std::size_t i = 0; i < pictures.size(); ++i) benchmark::DoNotOptimize(pictures[i].complete(view(i)));
  for (auto _ : bench) {
    const auto events = nation.whole_call();
    const auto touched = core::views::touched_by(nation.state, events);
    for (std::size_t i = 0; i < pictures.size(); ++i) benchmark::DoNotOptimize(pictures[i].changes(view(i), touched));
  }
}
BENCHMARK(BM_TellScreens)->Arg(10)->Arg(420)->Iterations(500);

/// The boards of 900 screens while `range` callers wait: counted once for all of them, as twice a second ...
void tell_boards(benchmark::State& bench, bool for_each) {
  Nation nation(900);
  for (std::int64_t i = 0; i < bench.range(0); ++i) nation.say(nation.arrival());
  for (auto _ : bench) {
    core::views::Boards boards(nation.state);
    for (const auto session : nation.sessions) {
      const auto person = nation.state.people.session(session)->person;
      const core::views::View view{nation.state, nation.positions, core::kPolicy, *nation.state.people.person(person)};
      benchmark::DoNotOptimize(for_each ? core::views::Boards(nation.state).card(view) : boards.card(view));
    }
  }
}
void BM_Boards(benchmark::State& bench) {
  tell_boards(bench, false);
}
BENCHMARK(BM_Boards)->Arg(100)->Arg(10'000)->Unit(benchmark::kMillisecond);

/// ... against counting for each.
void BM_BoardsOneByOne(benchmark::State& bench) {
  tell_boards(bench, true);
}
BENCHMARK(BM_BoardsOneByOne)->Arg(100)->Arg(10'000)->Unit(benchmark::kMillisecond);

/// One screen's whole picture, as when it comes back after a start, while `range` callers wait: at a district, or the
/// nation's headquarters.
void BM_WholePicture(benchmark::State& bench) {
  Nation nation(420);
  for (std::int64_t i = 0; i < bench.range(0); ++i) nation.say(nation.arrival());
  auto viewer = *nation.state.people.person(nation.state.people.session(nation.sessions[0])->person);
  if (bench.range(1)) viewer.station = {"mabes"};
  const core::views::View view{nation.state, nation.positions, core::kPolicy, viewer};
  for (auto _ : bench) benchmark::DoNotOptimize(core::views::Picture(nation.sessions[0]).complete(view));
}
BENCHMARK(BM_WholePicture)->Args({100, 0})->Args({10'000, 0})->Args({10'000, 1})->Unit(benchmark::kMillisecond);

/// Events a second to JSON text and back, personal data included (not sealed here).
void BM_WriteAndReadEvents(benchmark::State& bench) {
  Nation nation(10);
  OpenSealer sealer;
  const auto events = nation.whole_call();
  std::int64_t bytes = 0, count = 0;
  for (auto _ : bench)
    for (const auto& event : events) {
      const auto text = codec::write_event(event, sealer);
      bytes += static_cast<std::int64_t>(text.size());
      ++count;
      benchmark::DoNotOptimize(codec::read_event(text, sealer));
    }
  bench.SetBytesProcessed(bytes);
  bench.counters["events/s"] = benchmark::Counter(static_cast<double>(count), benchmark::Counter::kIsRate);
}
BENCHMARK(BM_WriteAndReadEvents);

constexpr std::size_t kEventBytes = 600;

/// Durable appends of `range` events to the real journal ...
void BM_JournalAppend(benchmark::State& bench) {
  const ScratchFolder folder;
  auto journal = journal_sqlite::JournalSqlite::open(folder / "data", folder / "keys", journal_sqlite::Mode::write);
  SIGAP_CHECK(journal.has_value());
  std::int64_t position = 0;
  for (auto _ : bench) {
    std::vector<ports::JournalLine> lines;
    for (std::int64_t i = 0; i < bench.range(0); ++i) {
      ++position;
      lines.push_back({position, "nation", 1, position, std::string(kEventBytes, 'e'), {}});
    }
    SIGAP_CHECK((*journal)->append(lines).has_value());
  }
  bench.counters["events/s"] = benchmark::Counter(static_cast<double>(position), benchmark::Counter::kIsRate);
  journal->reset();
}
BENCHMARK(BM_JournalAppend)->Arg(1)->Arg(10)->Arg(100)->UseRealTime();

/// ... against the peer that nothing can beat: the same bytes written to a file and fdatasync.
void BM_BareFsync(benchmark::State& bench) {
  const ScratchFolder folder;
  const int file = ::open((folder / "bare").c_str(), O_WRONLY | O_CREAT, 0600);
  const std::string bytes(kEventBytes * static_cast<std::size_t>(bench.range(0)), 'e');
  std::int64_t events = 0;
  for (auto _ : bench) {
    SIGAP_CHECK(::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    SIGAP_CHECK(::fdatasync(file) == 0);
    events += bench.range(0);
  }
  bench.counters["events/s"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
  ::close(file);
}
BENCHMARK(BM_BareFsync)->Arg(1)->Arg(10)->Arg(100)->UseRealTime();

}  // namespace sigap

BENCHMARK_MAIN();
