#include "sim/simulation.h"

#include <memory>

#include "base/hash.h"
#include "codec/event_codec.h"
#include "codec/state_codec.h"
#include "sim/checkers/alerts.h"
#include "sim/checkers/complaints.h"
#include "sim/checkers/conversations.h"
#include "sim/checkers/desks.h"
#include "sim/checkers/distribution.h"
#include "sim/checkers/oversight.h"
#include "sim/checkers/pages.h"
#include "sim/checkers/partners.h"
#include "sim/checkers/passwords.h"
#include "sim/checkers/places.h"
#include "sim/checkers/privacy.h"
#include "sim/checkers/promise.h"
#include "sim/checkers/reports.h"
#include "sim/checkers/texts.h"
#include "sim/checkers/voices.h"
#include "sim/checkers/ways_out.h"
#include "sim/checkers/without_call.h"
#include "sim/complainants.h"
#include "sim/faults.h"
#include "sim/pages.h"
#include "sim/partners.h"
#include "sim/screens.h"

/// jemalloc's: a nation is 200 MB of small pieces, looked up all over. In large pages the processor finds them sooner.
extern "C" const char* malloc_conf;
const char* malloc_conf = "thp:always,metadata_thp:always";

namespace sigap::sim {
namespace {

constexpr Duration kHeal = minutes(25);         ///< longer than every time-out of a call and of an alert's chain
constexpr Duration kSurelyThere = minutes(1);   ///< twice what a browser may be away, and a server that starts
constexpr std::int64_t kLookEvery_steps = 5;    ///< a small world: nothing that is wrong goes away again so soon
constexpr std::int64_t kLookEvery_min = 10;     ///< a whole nation takes milliseconds to look at
constexpr std::int64_t kDeriveEvery_min = 60;   ///< and more to find everything in anew
constexpr std::int64_t kReviewsAMinute = 20;    ///< that a supervisor looks at
constexpr std::int64_t kReplayEvery = 200'000;  ///< events; then what lies before is forgotten
constexpr std::int64_t kForgetEvery = 2'000;    ///< events: a small world
constexpr std::int64_t kForgetAtOnce = 64;      ///< events: a journal that nobody reads again stays in the near memory

class Simulation {
 public:
  Simulation(const Scenario& scenario, const Sabotage& sabotage, const Watch& watch)
      : watch_(watch),
        stage_(scenario, sabotage,
               {[this](const core::Event& event) { durable(event); },
                [this](const std::vector<core::Event>& events) { batch(events); },
                [this](const core::Effect& effect) {
                  if (!pages_.carry_out(effect)) hands_.carry_out(effect);
                },
                [this] { started(); }, [this] { stepped(); },
                [this](const core::Input& input) { conversations_->acknowledged(input); }}),
        statistics_(stage_.began, watch.answered_within),
        screens_(sabotage) {
    stage_.server.journal().on_line([this](const ports::JournalLine& line) {
      if (watch_.trace) watch_.trace(line);
      if (watch_.replay) follow(line);
    });
    checkers_.push_back(std::make_unique<DistributionChecker>(verdicts_));
    checkers_.push_back(std::make_unique<PlacesChecker>(verdicts_));
    checkers_.push_back(std::make_unique<PromiseChecker>(verdicts_));
    checkers_.push_back(std::make_unique<VoicesChecker>(verdicts_));
    checkers_.push_back(std::make_unique<AlertsChecker>(verdicts_));
    checkers_.push_back(std::make_unique<ReportsChecker>(verdicts_));
    checkers_.push_back(std::make_unique<WaysOutChecker>(verdicts_));
    checkers_.push_back(std::make_unique<TextsChecker>(verdicts_));
    checkers_.push_back(std::make_unique<PrivacyChecker>(verdicts_));
    checkers_.push_back(std::make_unique<DesksChecker>(verdicts_, screens_));
    checkers_.push_back(std::make_unique<PasswordsChecker>(verdicts_));
    checkers_.push_back(std::make_unique<PagesChecker>(verdicts_));
    checkers_.push_back(std::make_unique<WithoutCallChecker>(verdicts_));
    checkers_.push_back(std::make_unique<OversightChecker>(verdicts_));
    auto conversations = std::make_unique<ConversationsChecker>(verdicts_);
    conversations_ = conversations.get();
    checkers_.push_back(std::move(conversations));
    checkers_.push_back(std::make_unique<PartnersChecker>(verdicts_));
    checkers_.push_back(std::make_unique<ComplaintsChecker>(verdicts_));
  }

  Report run() {
    stage_.server.rings_back(stage_.scenario.ring_back);
    stage_.server.format(stage_.scenario.format);
    stage_.server.start();
    populate();
    citizens_.begin();
    pages_.begin();
    complainants_.begin();
    faults_.begin();
    next_without_call();
    each_minute();
    until(stage_.began + stage_.scenario.lasts);
    stage_.healing = true;
    faults_.heal();
    until(stage_.now + kHeal);
    stage_.closing = true;
    citizens_.everybody_hangs_up();
    pages_.everybody_hangs_up();
    until(stage_.now + kHeal);
    if (!broken() && stage_.server.up())
      for (auto& checker : checkers_) checker->rest(stage_.server.state());
    return report();
  }

 private:
  bool broken() const { return !verdicts_.violation().empty(); }
  void until(Instant end) {
    for (auto next = stage_.agenda.next(); !broken() && next && *next <= end; next = stage_.agenda.next()) {
      stage_.now = *next;
      stage_.agenda.take()();
    }
    if (!broken()) stage_.now = end;
  }

  /// Stations and people, as an administrator would enter them.
  void populate() {
    auto& server = stage_.server;
    server.deliver(core::DefineStations{stage_.scenario.stations});
    server.deliver(core::DefineReviewForm{
        {{"place", quality::Part::call, "Tempat", "Place", 3}, {"sent", quality::Part::dispatch, "Kirim", "Sent", 1}}});
    std::int64_t person = 1, unit = 0;
    const auto add = [&](people::Role role, const StationCode& station, const std::string& call_sign) {
      const auto login = "p" + std::to_string(person);
      // Some operators choose their own password when they first sign in.
      const bool lasting = !stage_.scenario.thorough || role != people::Role::operator_ || person % 4 != 0;
      server.deliver(core::CommandAsked{
          core::CommandLine{}, core::AddPerson{login, login, role, station, call_sign, "hash", lasting}, "", ""});
      return PersonId{person++};
    };
    for (const auto& seat : stage_.scenario.seats) desks_.seat(add(people::Role::operator_, seat.station, ""), seat);
    std::vector<std::pair<PersonId, const stations::Station*>> officers;
    for (const auto& station : stage_.scenario.stations)
      if (station.level == stations::StationLevel::polres)
        for (std::int64_t i = 0; i < stage_.scenario.officers_per_station; ++i)
          officers.emplace_back(add(people::Role::officer, station.code, "U" + std::to_string(++unit)), &station);
    if (stage_.scenario.thorough) {
      partners_.join(stage_.scenario.stations[0].code);
      chief_ = add(people::Role::supervisor, stage_.scenario.stations[0].code, "");
      // Of a province and of a district in it.
      complainants_.join({chief_, add(people::Role::supervisor, stage_.scenario.stations[1].code, ""),
                          add(people::Role::supervisor, stage_.scenario.stations[3].code, "")});
      watchers_ = {chief_, add(people::Role::administrator, stage_.scenario.stations[0].code, "")};
    }
    until(stage_.now + seconds(1));
    for (const auto& [id, station] : officers) officers_.add(id, *station);
    desks_.clock();
  }

  /// Those who watch come back to their screens; a supervisor plans who sits where.
  void watch() {
    if (!stage_.server.up()) return;
    const auto& s = stage_.server.state();
    for (const auto person : watchers_) {
      const auto* session = s.people.session_of(person);
      if (!session)
        stage_.say(Way::browser, core::SignIn{person, "watch" + std::to_string(stage_.random.next())});
      else if (!session->connected)
        stage_.say(Way::browser, core::BrowserAttached{session->id});
      else if (person == chief_ && !stage_.healing)
        plan_shift(session->id);
      if (person == chief_ && session) help_somebody(*session);
      if (person == chief_ && session) oversee(*session);
    }
  }
  /// The supervisor listens to somebody for a while, reviews what the system drew, and would judge their own work;
  /// whoever handled a call reads what came of it.
  void oversee(const people::Session& session) {
    const auto& s = stage_.server.state();
    auto& random = stage_.random;
    const auto ask = [&](auto command) { stage_.ask(session.id, std::move(command)); };
    if (const auto* listens = s.calls.listener(session.person)) {
      if (random.chance(50)) return ask(core::StopListening{listens->call});
      return ask(core::Whisper{listens->call, !listens->whispers});
    }
    for (const auto& [id, call] : s.calls.calls)
      if (call.state == calls::CallState::talking && call.connected) {
        ask(core::ListenIn{id});
        break;
      }
    if (!s.quality || !s.quality->newest()) return;
    std::int64_t asked = 0;
    for (const auto& [id, review] : s.quality->reviews) {
      if (!review.complete() && !review.by(session.person))
        ask(core::ReviewCall{id, s.quality->newest()->version, {random.below(3), 2}, "as it was"});
      const auto* theirs = s.people.session_of(review.operator_);
      if (review.complete() && !review.acknowledged && theirs)
        stage_.ask(theirs->id, core::AcknowledgeReview{id, "read"});
      if (++asked >= kReviewsAMinute) break;
    }
  }
  /// The supervisor joins who asks for it, and leaves some time after; what was handed over to them they end.
  void help_somebody(const people::Session& session) {
    const auto& s = stage_.server.state();
    const auto ask = [&](auto command) { stage_.ask(session.id, std::move(command)); };
    if (!session.headset_passed) return ask(core::PassHeadset{});
    const auto* op = s.people.operator_of(session.person);
    if (!op) return;
    if (op->state == people::OperatorState::wrap_up) return ask(core::SetOutcome{op->call, calls::Outcome::genuine});
    if (const auto* mine = s.calls.find(op->call)) {
      if (mine->operator_ == session.person) return ask(core::HangUp{op->call});
      return ask(core::LeaveCall{op->call});
    }
    for (const auto& [id, call] : s.calls.calls)
      if (call.help_asked) return ask(core::JoinCall{id});
    if (op->state == people::OperatorState::ready) ask(core::TakePause{});  // plans; takes no calls
  }
  void plan_shift(SessionId session) {
    const auto& people = desks_.people();
    if (people.empty()) return;
    auto& random = stage_.random;
    core::PlanShift plan;
    const auto person = people[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(people.size())))];
    plan.station = stage_.server.state().people.person(person)->station;
    plan.from = stage_.server.core_time() + random.between(seconds(10), minutes(3));
    plan.until = plan.from + random.between(minutes(1), minutes(8));
    plan.people = {person};
    plan.needed = random.below(3);
    stage_.ask(session, plan);
  }

  /// Somebody comes to a counter, a radio says something, an officer sees it.
  void next_without_call() {
    if (!stage_.scenario.without_call) return;
    stage_.after(stage_.without_call.exponential(*stage_.scenario.without_call), [this] {
      if (stage_.healing || stage_.elapsed() >= stage_.scenario.lasts) return;
      ++stage_.counts["without a call"];
      if (stage_.without_call.chance(50))
        desks_.opens_one();
      else
        officers_.see_something();
      next_without_call();
    });
  }

  void each_minute() {
    stage_.after(minutes(1), [this] {
      if (watch_.progress) watch_.progress(stage_.elapsed());
      desks_.clock();
      officers_.report_positions();
      watch();
      complainants_.minute();
      if (stage_.server.up()) {
        statistics_.minute(stage_.server.state());
        if (!stage_.scenario.thorough && ++minutes_ % kLookEvery_min == 0) look(minutes_ % kDeriveEvery_min == 0);
        if (is_read_again()) shorten(stage_.scenario.thorough || !watch_.replay ? kForgetEvery : kReplayEvery);
      }
      each_minute();
    });
  }

  void durable(const core::Event& event) {
    ++events_;
    look_for_the_lost(event);
    for (auto& checker : checkers_) checker->event(event, stage_.now);
    const auto& state = stage_.server.state();
    statistics_.event(event, state);
    citizens_.event(event);
    pages_.event(event);
    desks_.event(event);
    officers_.event(event);
    partners_.event(event);
  }

  /// Messages that are seconds late are a fault of their own: there an operator may be lost who is there.
  void look_for_the_lost(const core::Event& event) {
    slow_.tried += stage_.starved;
    if (event.cause != "timer.browser" || stage_.scenario.faults.contains(Fault::late)) return;
    PersonId lost;
    if (const auto* e = std::get_if<people::OperatorNotReady>(&event.body);
        e && e->reason == people::NotReadyReason::lost)
      lost = e->person;
    const auto* back = std::get_if<calls::CallReturned>(&event.body);
    if (back && back->reason == calls::ReturnReason::browser_lost) lost = back->person;
    const auto since = desks_.there_since(lost);
    if (since && stage_.now - *since > kSurelyThere)
      verdicts_.broken(slow_, "person " + std::to_string(lost.value) + " is at the desk");
  }

  void batch(const std::vector<core::Event>& events) {
    if (!stage_.scenario.thorough) return;
    const auto wrong = screens_.follow(stage_.server.state(), events);
    screens_rule_.tried = screens_.compared();
    if (!wrong.empty()) verdicts_.broken(screens_rule_, wrong);
  }

  void started() {
    screens_.restart();
    hands_.restore();
    pages_.started();
    desks_.server_started();
    officers_.server_started();
    stage_.after(seconds(2), [this] { watch(); });
  }

  void stepped() {
    ++steps_;
    const auto time = stage_.server.core_time();
    for (auto& checker : checkers_) checker->step(stage_.server.state(), time);
    if (stage_.scenario.thorough && steps_ % kLookEvery_steps == 0) look(true);
    if (!is_read_again()) shorten(kForgetAtOnce);
  }
  /// The journal: by the next process, or to compare.
  bool is_read_again() const { return !stage_.scenario.faults.empty() || watch_.replay; }

  void look(bool derive) {
    for (auto& checker : checkers_) {
      checker->look(stage_.server.state());
      if (derive) checker->derive(stage_.server.state());
    }
    ++survives_.tried;
    const auto missing = hands_.missing() + pages_.missing();
    if (!missing.empty()) verdicts_.broken(survives_, missing);
  }

  /// The journal's own text, folded by itself.
  void follow(const ports::JournalLine& line) {
    const auto event = codec::read_event(line.body, no_keys_);
    if (!event) return verdicts_.broken(replay_, event.error().field + ": " + event.error().message);
    core::apply(replayed_, *event);
  }

  void compare() {
    if (!watch_.replay || !stage_.server.up()) return;
    ++replay_.tried;
    if (sha256_hex(codec::hashable_text(replayed_)) != stage_.server.engine().state_hash())
      verdicts_.broken(replay_, "position " + std::to_string(replayed_.position));
  }

  /// Comparison, checkpoint, and what lies before is forgotten, except what is still to be carried out. Where no
  /// process dies nobody would read a checkpoint, and a nation's is written as slowly as the calls of a quarter of an
  /// hour.
  void shorten(std::int64_t every) {
    const auto& state = stage_.server.state();
    if (state.position - shortened_ < every) return;
    shortened_ = state.position;
    compare();
    if (!stage_.scenario.faults.empty() && !stage_.server.checkpoint()) return;
    const auto oldest = state.outstanding.empty() ? state.position : state.outstanding.begin()->value;
    stage_.server.journal().drop_before(std::min(oldest, state.position));
  }

  Report report() {
    Report r;
    if (!broken()) compare();
    if (!broken() && stage_.counts["calls"] == 0 && stage_.counts["flood_calls"] == 0)
      r.violation = "a run has something to show: nobody called";
    if (broken()) {
      const auto at = (stage_.now - stage_.began).ms;
      r.violation =
          verdicts_.violation() + " (after " + std::to_string(at / 1000) + " s, event " + std::to_string(events_) + ")";
    }
    r.trace_hash = stage_.server.journal().head().hash;
    r.steps = steps_;
    r.events = events_;
    r.refused = stage_.server.refused();
    r.genuine = citizens_.genuine();
    r.genuine_answered = citizens_.genuine_answered();
    r.counts = stage_.counts;
    for (const auto& rule : verdicts_.rules()) r.checked[rule.name] += rule.tried;
    r.results = statistics_.take(stage_.server.state());
    return r;
  }

  const Watch& watch_;
  Stage stage_;
  Hands hands_{stage_};
  Pages pages_{stage_};
  Citizens citizens_{stage_, hands_};
  Desks desks_{stage_, citizens_};
  Officers officers_{stage_};
  Partners partners_{stage_};
  Complainants complainants_{stage_};
  Faults faults_{stage_, hands_, desks_, officers_};
  Statistics statistics_;
  Verdicts verdicts_;
  Rule& screens_rule_ = verdicts_.rule("a screen told only of changes shows what a fresh one would");
  Rule& survives_ = verdicts_.rule("an accepted caller on the line is in a call");
  Rule& slow_ = verdicts_.rule("slow is not dead: who is there is not lost");
  Rule& replay_ = verdicts_.rule("a replay of the journal's text gives the live state");
  std::vector<std::unique_ptr<Checker>> checkers_;
  ConversationsChecker* conversations_ = nullptr;
  Screens screens_;
  PersonId chief_;
  std::vector<PersonId> watchers_;
  codec::NoKeys no_keys_;
  core::State replayed_;
  std::int64_t steps_ = 0, events_ = 0, shortened_ = 0, minutes_ = 0;
};

}  // namespace

Report simulate(const Scenario& scenario, const Sabotage& sabotage, const Watch& watch) {
  return Simulation(scenario, sabotage, watch).run();
}

}  // namespace sigap::sim
