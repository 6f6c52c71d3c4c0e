#include "sim/world.h"

#include "base/hash.h"
#include "codec/state_codec.h"

namespace sigap::sim {
namespace {

using people::OperatorState;

std::vector<stations::Station> province() {
  using stations::StationLevel;
  std::vector<stations::Station> all = {
      {{"mabes"}, "Mabes Polri", StationLevel::mabes, {}, *geo_point(106.8, -6.24), "Asia/Jakarta", {}},
      {{"polda-a"}, "Polda A", StationLevel::polda, {"mabes"}, *geo_point(110.4, -7.7), "Asia/Jakarta", {}},
      {{"polda-b"}, "Polda B", StationLevel::polda, {"mabes"}, *geo_point(119.4, -5.1), "Asia/Makassar", {}}};
  for (int i = 0; i < 3; ++i) {
    all.push_back({{"polres-a" + std::to_string(i)},
                   "Polres A",
                   StationLevel::polres,
                   {"polda-a"},
                   *geo_point(110.1 + 0.2 * i, -7.8),
                   "Asia/Jakarta",
                   {}});
    all.push_back({{"polres-b" + std::to_string(i)},
                   "Polres B",
                   StationLevel::polres,
                   {"polda-b"},
                   *geo_point(119.2 + 0.2 * i, -5.2),
                   "Asia/Makassar",
                   {}});
  }
  return all;
}

std::string station_of(std::int64_t i) {
  return std::string("polres-") + (i % 2 ? "b" : "a") + std::to_string(i / 2 % 3);
}

}  // namespace

World::World(const Scenario& scenario) : scenario_(scenario), random_(scenario.seed) {
  start();
  feed({core::DefineStations{province()}});
  const auto add = [&](const std::string& login, people::Role role, std::int64_t i) {
    const PersonId id{engine_->state().next.person};
    feed({core::PersonAsks{
        {},
        core::AddPerson{login + std::to_string(i), login, role, {station_of(i)}, "U" + std::to_string(i), "hash"},
        "",
        ""}});
    feed({core::SignIn{id, "token" + std::to_string(id.value)}});
    feed({core::BrowserAttached{engine_->state().people.session_of(id)->id}});
    return id;
  };
  for (std::int64_t i = 0; i < scenario_.operators; ++i) operators_.push_back(add("op", people::Role::operator_, i));
  for (std::int64_t i = 0; i < scenario_.officers; ++i) officers_.push_back(add("unit", people::Role::officer, i));
  chief_ = add("chief", people::Role::supervisor, 0);
  add("admin", people::Role::administrator, 1);  // who only watches
}

void World::start() {
  engine_ =
      std::make_unique<runtime::Engine>(runtime::EngineConfig{"nation", "sim", 200, {}}, journal_, sealer_,
                                        [this] { return sha256_hex(std::to_string(random_.next())).substr(0, 32); });
  const auto batch = engine_->recover(now_);
  if (!batch) return;  // the first step finds the engine stopped and starts again
  for (const auto& event : batch->events) checkers_.event(event);
  screens_.restart();
  hands_.lose();
  hands_.restore(engine_->state());
  const auto reports = carried_out(batch->effects);
  if (auto settled = engine_->run(reports, now_)) show(settled->events);
}

std::vector<core::Input> World::carried_out(const std::vector<core::Effect>& effects) {
  std::vector<core::Input> reports;
  for (const auto& effect : effects) {
    hands_.carry_out(effect);
    if (random_.chance(95)) reports.push_back(core::EffectReported{effect.id, core::EffectOutcome::done, ""});
  }
  return reports;
}

void World::crash(bool durable) {
  ++counts_[durable ? "fault.crash_after_append" : "fault.crash_before_append"];
  const auto before = journal_.head().position;
  journal_.plan(durable ? MemoryJournal::NextAppend::done_but_unheard : MemoryJournal::NextAppend::refused);
  const auto caller = arrival();
  hands_.dials(caller);
  if (random_.chance(50)) hands_.somebody_hangs_up();
  std::vector<core::Input> told;
  hands_.tell(told, 80);
  if (told.empty()) told.push_back(caller);
  feed(std::move(told));
  if (!engine_->stopped()) return journal_.plan(MemoryJournal::NextAppend::works);  // nothing was to be written
  if (random_.chance(30)) hands_.somebody_hangs_up();                               // into the gap
  // What became durable unheard is part of history: the checkers read it where the new process will.
  (void)journal_.read(before + 1, [&](const ports::JournalLine& line) {
    if (auto event = codec::read_event(line.body, sealer_)) checkers_.event(*event);
    return true;
  });
  now_ = now_ + milliseconds(random_.below(5000));
  start();
}

void World::feed(std::vector<core::Input> inputs) {
  for (const auto& input : inputs)
    if (late_.size() < 50)
      late_.push_back(input);
    else
      late_[static_cast<std::size_t>(random_.below(50))] = input;
  auto batch = engine_->run(inputs, now_);
  if (!batch) return;
  show(batch->events);
  const auto reports = carried_out(batch->effects);
  for (const auto& reply : batch->replies) ++counts_[reply.refusal ? "inputs.refused" : "inputs.accepted"];
  checkers_.step(engine_->state());
  checkers_.callers(hands_.missing(engine_->state()));
  if (reports.empty()) return;
  if (auto settled = engine_->run(reports, now_)) show(settled->events);
  (void)engine_->checkpoint_if_due();
}

void World::show(const std::vector<core::Event>& events) {
  for (const auto& event : events) checkers_.event(event);
  const auto wrong = screens_.follow(engine_->state(), events);
  if (!wrong.empty()) checkers_.broken("a screen told only of changes shows what a fresh one would", wrong);
}

core::CallArrives World::arrival() {
  core::CallArrives in;
  in.leg = {"leg" + std::to_string(++calls_made_)};
  in.kind = random_.chance(3) ? calls::CallKind::test : calls::CallKind::emergency;
  in.trunk_station = {random_.chance(90) ? station_of(random_.below(6)) : ""};
  in.caller = {random_.below(40)};
  in.number = "+62800" + std::to_string(in.caller.value);
  if (random_.chance(30))
    in.location = Location{*geo_point(110.0 + 0.001 * static_cast<double>(random_.below(900)), -7.8), 30};
  in.admission = random_.chance(2)    ? calls::Admission::refused
                 : random_.chance(10) ? calls::Admission::ringing
                                      : calls::Admission::voice;
  ++counts_["calls"];
  return in;
}

core::Input World::asks(SessionId session, core::Command command) {
  return core::PersonAsks{session, std::move(command), "t" + std::to_string(random_.next()),
                          "h" + std::to_string(random_.next())};
}

void World::operator_acts(const people::Operator& op, std::vector<core::Input>& out) {
  const auto session = op.session;
  switch (op.state) {
    case OperatorState::not_ready:
      out.push_back(asks(session, core::PassHeadset{}));
      out.push_back(asks(session, core::BeReady{}));
      break;
    case OperatorState::ready:
      if (random_.chance(5)) out.push_back(asks(session, core::TakePause{}));
      break;
    case OperatorState::offered:
      if (random_.chance(60))
        out.push_back(asks(session, core::AcceptOffer{op.offer}));
      else if (random_.chance(10))
        out.push_back(asks(session, core::DeclineOffer{op.offer}));
      break;
    case OperatorState::talking:
      desk_acts(session, out);
      if (random_.chance(10)) out.push_back(asks(session, core::HoldCall{op.call}));
      if (random_.chance(10)) out.push_back(asks(session, core::ResumeCall{op.call}));
      if (random_.chance(10)) out.push_back(asks(session, core::AskToPress{op.call}));
      if (random_.chance(10)) out.push_back(asks(session, core::TransferCall{op.call, {station_of(random_.below(6))}}));
      if (random_.chance(20)) out.push_back(asks(session, core::HangUp{op.call}));
      break;
    case OperatorState::wrap_up:
      if (random_.chance(50))
        out.push_back(asks(session, core::SetOutcome{op.call, static_cast<calls::Outcome>(random_.below(6))}));
      break;
  }
}

void World::desk_acts(SessionId session, std::vector<core::Input>& out) {
  const auto& s = engine_->state();
  if (!s.incidents.incidents.empty()) {
    const IncidentId incident = s.incidents.incidents.rbegin()->first;
    core::EditIncident edit;
    edit.incident = incident;
    edit.incident_type = incidents::IncidentType::theft;
    out.push_back(asks(session, edit));
    out.push_back(asks(session, core::RecommendUnits{incident}));
    if (random_.chance(50)) out.push_back(asks(session, core::DispatchUnit{incident, pick_person(officers_)}));
    if (random_.chance(20)) out.push_back(asks(session, core::SendTracking{incident}));
    if (random_.chance(10)) out.push_back(asks(session, core::CloseIncident{incident, incidents::Answer::handled}));
    if (random_.chance(30)) {  // one event, many callers
      const auto other = s.incidents.incidents.lower_bound({random_.below(incident.value + 1)})->first;
      out.push_back(asks(
          session, random_.chance(50) ? core::JoinIncident{other, incident} : core::JoinIncident{incident, other}));
      if (random_.chance(20)) out.push_back(asks(session, core::JoinSimilar{other}));
      if (random_.chance(30)) out.push_back(asks(session, core::SplitIncident{other}));
    }
  }
  if (!s.tasks.tasks.empty() && random_.chance(50)) {
    const auto task = s.tasks.tasks.begin()->first;
    out.push_back(asks(session, core::TakeTask{task}));
    out.push_back(asks(session, core::CloseTask{task, tasks::TaskReason::handled, ""}));
  }
}

void World::officer_acts(PersonId officer, std::vector<core::Input>& out) {
  const auto& s = engine_->state();
  const auto* session = s.people.session_of(officer);
  if (!session) return;
  const auto* unit = s.dispatch.unit(officer);
  if (!unit) return out.push_back(asks(session->id, core::GoOnDuty{}));
  if (const auto* alert = s.dispatch.alert(unit->alert)) {
    out.push_back(core::AlertShown{session->id, alert->id});
    if (random_.chance(50))
      out.push_back(
          asks(session->id, core::AdvanceAlert{alert->id, static_cast<dispatch::AlertStatus>(2 + random_.below(4))}));
  } else if (random_.chance(5)) {
    out.push_back(asks(session->id, core::GoOffDuty{}));
  }
  if (random_.chance(1)) out.push_back(asks(session->id, core::RequestHelp{}));
  engine_->positions()[officer] = {*geo_point(110.0 + 0.001 * static_cast<double>(random_.below(900)), -7.8), now_};
}

void World::chaos_step() {
  now_ = now_ + milliseconds(random_.below(3000));
  const auto& s = engine_->state();
  std::vector<core::Input> inputs;
  if (calls_made_ < scenario_.calls && random_.chance(40)) hands_.dials(arrival());
  if (random_.chance(12)) hands_.somebody_hangs_up();
  if (random_.below(1000) < 3) hands_.media_dies(s);
  if (random_.chance(10)) keys_pressed(inputs);
  if (random_.chance(3) && !s.calls.calls.empty())
    if (const auto* chief = s.people.session_of(chief_))
      inputs.push_back(asks(chief->id, core::ForgiveNumber{s.calls.calls.rbegin()->first}));
  hands_.tell(inputs, 70);
  for (const auto person : operators_) {
    const auto* session = s.people.session_of(person);
    if (!session) {
      if (random_.chance(20)) inputs.push_back(core::SignIn{person, "again" + std::to_string(random_.next())});
      continue;
    }
    if (!session->connected) {
      if (random_.chance(15)) inputs.push_back(core::BrowserAttached{session->id});
    } else if (random_.chance(2)) {
      inputs.push_back(core::BrowserGone{session->id});
      ++counts_["fault.browser_dies"];
    }
    if (random_.chance(1)) inputs.push_back(core::SignIn{person, "elsewhere" + std::to_string(random_.next())});
    if (random_.chance(1)) inputs.push_back(asks(session->id, core::SignOut{}));
    if (const auto* op = s.people.operator_of(person); op && random_.chance(35)) operator_acts(*op, inputs);
  }
  for (const auto officer : officers_)
    if (random_.chance(20)) officer_acts(officer, inputs);
  if (!late_.empty() && random_.chance(10)) {
    inputs.push_back(late_[static_cast<std::size_t>(random_.below(static_cast<std::int64_t>(late_.size())))]);
    if (!std::holds_alternative<core::CallArrives>(inputs.back()) &&
        !std::holds_alternative<core::TimerDue>(inputs.back()))
      ++counts_["fault.heard_again"];
    else
      inputs.pop_back();
  }
  for (std::size_t i = inputs.size(); i > 1; --i)
    std::swap(inputs[i - 1], inputs[static_cast<std::size_t>(random_.below(static_cast<std::int64_t>(i)))]);
  feed(std::move(inputs));
  if (random_.chance(1)) crash(random_.chance(50));
}

/// Of any caller: one key, or a line so noisy that it sounds like many.
void World::keys_pressed(std::vector<core::Input>& out) {
  const auto& legs = engine_->state().calls.legs;
  if (legs.empty()) return;
  auto it = legs.begin();
  std::advance(it, random_.below(static_cast<std::int64_t>(legs.size())));
  const auto keys = random_.chance(20) ? 12 : 1;
  for (int i = 0; i < keys; ++i)
    out.push_back(core::DigitPressed{it->first, std::string(1, "0123456789*#"[random_.below(12)])});
  ++counts_[keys > 1 ? "fault.dtmf_noise" : "keys_pressed"];
}

void World::heal_operator(const people::Operator& op, std::vector<core::Input>& out) {
  if (op.state == OperatorState::not_ready) {
    out.push_back(asks(op.session, core::PassHeadset{}));
    out.push_back(asks(op.session, core::BeReady{}));
  } else if (op.state == OperatorState::offered) {
    out.push_back(asks(op.session, core::AcceptOffer{op.offer}));
  } else if (op.state == OperatorState::talking || op.state == OperatorState::wrap_up) {
    out.push_back(asks(op.session, core::SetOutcome{op.call, calls::Outcome::genuine}));
  }
}

void World::heal_step() {
  now_ = now_ + seconds(2);
  const auto& s = engine_->state();
  std::vector<core::Input> inputs;
  hands_.tell(inputs, 100);
  for (const auto person : operators_) {
    const auto* session = s.people.session_of(person);
    if (!session)
      inputs.push_back(core::SignIn{person, "healed" + std::to_string(random_.next())});
    else if (!session->connected)
      inputs.push_back(core::BrowserAttached{session->id});
    else if (const auto* op = s.people.operator_of(person))
      heal_operator(*op, inputs);
  }
  feed(std::move(inputs));
}

void World::everybody_hangs_up() {
  hands_.everybody_hangs_up();
  std::vector<core::Input> inputs;
  hands_.tell(inputs, 100);
  feed(std::move(inputs));
}

void World::check_rest() {
  checkers_.rest(engine_->state());
}

Report World::report() const {
  Report r;
  r.violation = checkers_.violation();
  r.trace_hash = journal_.head().hash;
  r.events = journal_.head().position;
  r.counts = counts_;
  r.counts["checked.a screen told only of changes shows what a fresh one would"] = screens_.compared();
  for (const auto& [name, count] : checkers_.looked()) r.counts["checked." + name] = count;
  codec::NoKeys none;
  auto& journal = const_cast<MemoryJournal&>(journal_);  // reading changes nothing
  const auto again = runtime::replay(journal, none);
  if (!again && r.violation.empty()) r.violation = "a replay reads the whole journal: " + again.error().message;
  if (again && r.violation.empty() && sha256_hex(codec::hashable_text(*again)) != engine_->state_hash())
    r.violation = "a replay without keys gives the live state";
  return r;
}

}  // namespace sigap::sim
