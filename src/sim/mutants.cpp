#include "sim/mutants.h"

#include <algorithm>
#include <functional>
#include <set>

#include "sim/mutant_edits.h"
#include "sim/simulation.h"

namespace sigap::sim {
namespace {

/// A line that is known is no line: it is written all the same.
void written_again(Events& events, const core::State& before, const core::Input& input) {
  const auto* typed = std::get_if<core::TextTyped>(&input);
  const auto* call = typed ? before.calls.find(typed->leg) : nullptr;
  if (call && call->state != calls::CallState::ended && events.empty())
    add(events, before, calls::TextSaid{call->id, {}, {}, typed->name, personal(call->id, typed->text)});
}

/// The only first ring of the decision, if there is just one.
distribution::CallOffered* lone_offer(Events& events) {
  distribution::CallOffered* found = nullptr;
  for (auto& event : events)
    if (auto* e = as<distribution::CallOffered>(event)) {
      if (found) return nullptr;
      found = e;
    }
  return found && !found->second_ring ? found : nullptr;
}

/// Whoever came last is served first.
void newest_first(Events& events, const core::State& before, const core::Input&) {
  auto* offer = lone_offer(events);
  if (!offer) return;
  const calls::Call* newest = nullptr;
  for (const auto& [id, since] : before.calls.waiting) {
    const auto* call = before.calls.find(id);
    if (!before.indexes.offers.contains(id) && (!newest || call->arrived > newest->arrived)) newest = call;
  }
  if (newest && before.calls.waiting.contains(offer->call)) offer->call = newest->id;
}

void farthest_first(Events& events, const core::State& before, const core::Input&) {
  auto* offer = lone_offer(events);
  if (!offer || offer->tier != distribution::Tier::home) return;
  const auto home = before.people.person(offer->person)->station;
  const auto& ready = before.indexes.ready;
  for (std::size_t spot = 0; spot < ready.spots().size(); ++spot) {
    if (ready.spots()[spot].ready == 0) continue;
    const auto person = ready.longest_idle_at(spot).second;
    const auto& station = before.people.person(person)->station;
    if (before.stations.province_of(station) == before.stations.province_of(home)) continue;
    offer->person = person;
    offer->tier = distribution::Tier::nation;
    return;
  }
}

void rings_at_the_busy(Events& events, const core::State& before, const core::Input&) {
  auto* offer = lone_offer(events);
  if (!offer) return;
  for (const auto& [person, op] : before.people.operators)
    if (op.state == people::OperatorState::talking) return void(offer->person = person);
}

/// Until its time is up: a timer that is served and stays due would spin for ever.
void dead_browser_keeps_its_ring(Events& events, const core::State&, const core::Input& input) {
  if (!std::holds_alternative<core::BrowserGone>(input)) return;
  std::erase_if(events, [](const Event& event) {
    const auto* e = as<distribution::OfferEnded>(event);
    return e && e->how == distribution::OfferEnd::operator_lost;
  });
}

void late_answer_counts(Events& events, const core::State& before, const core::Input& input) {
  const auto* asked = std::get_if<core::CommandAsked>(&input);
  const auto* signed_in = asked ? std::get_if<core::SignedIn>(&asked->asker) : nullptr;
  const auto* answer = signed_in ? std::get_if<core::AcceptOffer>(&asked->command) : nullptr;
  const auto offer = answer ? before.offers.find(answer->offer) : before.offers.end();
  if (offer == before.offers.end() || !offer->second.ended || !events.empty()) return;
  const auto* session = before.people.session(signed_in->session);
  const auto* call = before.calls.find(offer->second.call);
  if (!session || !call || call->state != calls::CallState::talking || call->operator_ == session->person) return;
  const auto* op = before.people.operator_of(session->person);
  if (!op || op->state != people::OperatorState::ready) return;
  add(events, before, calls::CallAccepted{call->id, call->leg, answer->offer, session->person, session->id});
}

void callback_swallows_others(Events& events, const core::State& before, const core::Input&) {
  for (auto& event : events) {
    const auto* opened = as<tasks::TaskOpened>(event);
    if (!opened || opened->kind != tasks::TaskKind::callback) continue;
    for (const auto& [id, task] : before.tasks.tasks)
      if (task.kind == tasks::TaskKind::callback) {
        event.body = tasks::TaskMerged{id, opened->call, opened->short_ring};
        return;
      }
  }
}

void tasks_close_themselves(Events& events, const core::State& before, const core::Input&) {
  for (const auto& event : events)
    if (const auto* opened = as<tasks::TaskOpened>(event); opened && opened->kind == tasks::TaskKind::callback) {
      const auto task = opened->task;
      return add(events, before, tasks::TaskClosed{task, {}, tasks::TaskReason::handled, {}});
    }
}

void dead_browser_ends_the_call(Events& events, const core::State&, const core::Input&) {
  for (auto& event : events)
    if (const auto* back = as<calls::CallReturned>(event); back && back->reason == calls::ReturnReason::browser_lost) {
      const auto call = back->call;
      const auto leg = back->leg;
      event.body = calls::CallEnded{call, leg, calls::CallEndedBy::system, true, false, "lost"};
      auto closed = event;
      closed.body = calls::CallClosed{call, {}};
      std::erase_if(events, [&](const Event& e) {
        const auto* offered = as<distribution::CallOffered>(e);
        return offered && offered->call == call;
      });
      events.insert(events.begin() + 1, closed);
      return;
    }
}

void restart_ends_calls(Events& events, const core::State& before, const core::Input& input) {
  if (!std::holds_alternative<core::Started>(input)) return;
  for (const auto& [id, since] : before.calls.waiting) {
    if (before.indexes.offers.contains(id)) continue;
    const auto leg = before.calls.find(id)->leg;
    add(events, before, calls::CallEnded{id, leg, calls::CallEndedBy::system, false, false, "restart"});
    add(events, before, calls::CallClosed{id, {}});
    return;
  }
}

void hold_goes_on(Events& events, const core::State& before, const core::Input&) {
  for (auto& event : events)
    if (const auto* e = as<calls::CallResumed>(event); e && e->by_timeout && before.calls.find(e->call)->held) {
      const calls::CallHeld again{e->call, e->leg, e->offer};
      event.body = again;
    }
}

void asking_goes_on(Events& events, const core::State& before, const core::Input&) {
  for (auto& event : events)
    if (const auto* e = as<calls::CallResumed>(event); e && e->by_timeout && before.calls.find(e->call)->asked) {
      const calls::AskedToPress again{e->call, e->leg, e->offer};
      event.body = again;
    }
}

void doubted_are_put_out(Events& events, const core::State& before, const core::Input&) {
  std::erase_if(events, [&](const Event& event) {
    const auto* e = as<distribution::CallOffered>(event);
    const auto* call = e ? before.calls.find(e->call) : nullptr;
    return call && call->suspected;
  });
}

void incident_for_each_answer(Events& events, const core::State& before, const core::Input&) {
  for (const auto& event : events)
    if (const auto* e = as<calls::CallAccepted>(event)) {
      const auto* call = before.calls.find(e->call);
      if (!call || !call->incident) continue;
      const auto* draft = before.incidents.find(call->incident);
      if (!draft) continue;
      return add(events, before,
                 incidents::IncidentOpened{
                     {before.next.incident}, call->id, call->home, e->person, draft->number, draft->place, {}});
    }
}

void opened_by_nobody(Events& events, const core::State&, const core::Input&) {
  for (auto& event : events)
    if (auto* e = as<incidents::IncidentOpened>(event); e && !e->call) e->person = {};
}

void partner_is_not_heard(Events& events, const core::State& before, const core::Input&) {
  for (const auto& event : events)
    if (const auto* e = as<dispatch::AlertAdvanced>(event);
        e && e->via == dispatch::Via::client && e->status == dispatch::AlertStatus::acknowledged)
      return add(events, before, dispatch::AlertEnded{e->alert, e->incident, e->unit, dispatch::AlertEnd::expired});
}

void reports_stay_open(Events& events, const core::State& before, const core::Input&) {
  std::erase_if(events, [&](const Event& event) {
    const auto* e = as<incidents::IncidentClosed>(event);
    const auto* incident = e ? before.incidents.find(e->incident) : nullptr;
    return incident && incident->root;
  });
}

/// Few wait, and two voices of five cannot be joined for most of the time.
void quiet_with_bad_media(Scenario& s) {
  s.surges.clear();
  s.floods.clear();
  s.faults = {{Fault::media_fails, seconds(20)}};
}

/// The other side of a call that was handed over is lost, and nothing follows: only while nobody else waits: the
/// operator who is not offered this call would be seen idle beside them.
void relay_breaks_in_silence(Events& events, const core::State& before, const core::Input&) {
  if (!before.calls.waiting.empty()) return;
  const auto lost = [](const Event& event) {
    const auto* e = as<calls::CallReturned>(event);
    return e && e->reason == calls::ReturnReason::relay_lost;
  };
  const auto it = std::find_if(events.begin(), events.end(), lost);
  if (it == events.end()) return;
  const auto call = as<calls::CallReturned>(*it)->call;
  std::erase_if(events, [&](const Event& event) {
    const auto* offered = as<distribution::CallOffered>(event);
    return lost(event) || (offered && offered->call == call);
  });
}

/// They have the call, and so has the one who gave it.
void handed_over_to_the_busy(Events& events, const core::State& before, const core::Input&) {
  for (auto& event : events)
    if (auto* e = as<calls::GuestCame>(event); e && e->person)
      for (const auto& [person, op] : before.people.operators)
        if (op.state == people::OperatorState::talking && op.call != e->call) return void(e->person = person);
}

/// Whoever hung up when they were asked, or did not pick up, is taken to need nothing.
void hung_up_counts_as_no(Events& events, const core::State& before, const core::Input&) {
  for (const auto& event : events)
    if (const auto* tried = as<tasks::CallbackTried>(event);
        tried && !tried->person && tried->end != tasks::CallbackEnd::reached) {
      const auto task = tried->task;
      return add(events, before, tasks::TaskClosed{task, {}, tasks::TaskReason::said_no, {}});
    }
}

/// The card shows it, and the call stays where it is.
void better_place_moves_nobody(Events& events, const core::State&, const core::Input& input) {
  if (!std::holds_alternative<core::CallerMoves>(input)) return;
  events.erase(
      std::find_if(events.begin(), events.end(), [](const Event& event) { return as<calls::CallHomed>(event); }),
      events.end());
}

void busy_unit_is_sent(Events& events, const core::State& before, const core::Input&) {
  for (auto& event : events)
    if (auto* e = as<dispatch::AlertRaised>(event))
      for (const auto& [person, unit] : before.dispatch.units)
        if (unit.alert) return void(e->unit = person);
}

/// While nobody waits: a ring at somebody who is not ready would be seen first.
void who_comes_back_stays_not_ready(Events& events, const core::State& before, const core::Input& input) {
  if (!std::holds_alternative<core::BrowserAttached>(input) || !before.calls.waiting.empty()) return;
  std::erase_if(events, [](const Event& event) { return as<people::OperatorReady>(event) != nullptr; });
}

/// Decided as if everybody had chosen their password.
core::Decision temporary_opens_all(core::State& state, const core::Positions& positions, const core::Policy& policy,
                                   const core::Input& input, Instant now) {
  auto copy = state;
  for (auto& [id, person] : copy.people.people) person.temporary_until.reset();
  auto decision = core::decide(copy, positions, policy, input, now);
  for (auto& event : decision.events) core::apply(state, event);
  return decision;
}

/// As if it were the operator's own word.
void own_call_is_judged(Events& events, const core::State& before, const core::Input&) {
  for (auto& event : events)
    if (auto* reviewed = as<quality::CallReviewed>(event))
      reviewed->person = before.quality->find(reviewed->review)->operator_;
}

/// Not that of a late complaint, which is no alarm.
void alarm_stands(Events& events, const core::State& before, const core::Input&) {
  std::erase_if(events, [&](const Event& event) {
    const auto* e = as<tasks::TaskClosed>(event);
    const auto* task = e ? before.tasks.find(e->task) : nullptr;
    return e && e->reason == tasks::TaskReason::handled && !e->note.value && !(task && task->complaint);
  });
}

void conduct_stays_at_home(Events& events, const core::State&, const core::Input&) {
  for (auto& event : events)
    if (auto* opened = as<cases::CaseOpened>(event); opened && opened->conduct) opened->station = opened->about;
}

void late_is_put_away(Events& events, const core::State& before, const core::Input&) {
  for (auto& event : events)
    if (const auto* raised = as<cases::CaseRaised>(event); raised && !raised->due) {
      const auto id = raised->complaint;
      events.clear();
      return add(events, before, cases::CaseArchived{id});
    }
}

}  // namespace

std::vector<Mutant> mutants() {
  using distribution::CallOffered;
  using distribution::Tier;
  using tasks::TaskKind;
  using tasks::TaskOpened;
  std::vector<Mutant> all;
  const auto decision = [&](std::string name, std::string caught, runtime::Decide decide,
                            std::function<void(Scenario&)> world = {}) {
    Sabotage s;
    s.decide = std::move(decide);
    all.push_back({std::move(name), std::move(caught), std::move(s), std::move(world)});
  };
  const auto setting = [&](std::string name, std::string caught, const std::function<void(Sabotage&)>& set,
                           std::function<void(Scenario&)> world = {}) {
    Sabotage s;
    set(s);
    all.push_back({std::move(name), std::move(caught), std::move(s), std::move(world)});
  };
  decision("an abandoned call opens no task", "no call goes unserved", without_tasks(TaskKind::callback));
  decision("a refused call opens no task", "no call goes unserved", without_tasks(TaskKind::refused_call));
  decision("a call that the network lost opens no task", "no call goes unserved", without_tasks(TaskKind::cut_off));
  decision("a text opens a task and is not written down", "a text is never lost",
           without<tasks::TextReceived>([](const auto&) { return true; }));
  decision("a line is acknowledged and not written down", "what was acknowledged as written is in the record",
           without<calls::TextSaid>([](const auto&) { return true; }), [](Scenario& s) { s.pages = seconds(3); });
  decision("a line that is said again is written again", "what is written stands in the record once, in order",
           edited(written_again), [](Scenario& s) { s.pages = seconds(3); });
  decision("a callback swallows other callers", "a callback gathers the calls of one caller",
           edited(callback_swallows_others));
  decision("a task closes itself", "a task is closed by a person", edited(tasks_close_themselves));
  decision("overflow stops at the province", "nobody waits while someone is idle",
           without<CallOffered>([](const auto& e) { return e.tier >= Tier::headquarters && !e.second_ring; }));
  decision("only home is offered a call", "nobody waits while someone is idle",
           without<CallOffered>([](const auto& e) { return e.tier > Tier::home; }));
  decision("the second ring never comes", "a second operator rings when one is idle",
           without<CallOffered>([](const auto& e) { return e.second_ring; }));
  decision("a dead browser keeps its ring", "a ring is where somebody can hear it",
           edited(dead_browser_keeps_its_ring));
  decision("the newest caller is served first", "urgent first, then who waits longest", edited(newest_first));
  decision("the farthest operator is rung first", "the nearest ready station is offered first", edited(farthest_first));
  decision("a busy operator is rung", "an operator is offered one call, when ready", edited(rings_at_the_busy));
  decision("a late answer counts", "never two operators on a call", edited(late_answer_counts));
  decision("who is doubted is put out", "nobody waits while someone is idle", edited(doubted_are_put_out));
  decision("a 5 is heard and nothing follows", "who cannot speak goes before others",
           without<calls::CallUrgent>([](const auto&) { return true; }));
  decision("what to press is said without end", "who was asked to press a key hears the operator again",
           edited(asking_goes_on));
  decision("a dead browser ends the call", "only people end a call", edited(dead_browser_ends_the_call));
  decision("a restart ends calls", "a restart ends nobody's call", edited(restart_ends_calls));
  decision("hold goes on and on", "nobody is forgotten on hold", edited(hold_goes_on));
  decision("each answer opens an incident", "a call keeps its incident", edited(incident_for_each_answer));
  decision("the end of an event leaves its reports open", "a report is open as long as its root",
           edited(reports_stay_open));
  decision("an unanswered alert is dropped", "an unanswered alert moves on or becomes an alarm",
           without<dispatch::AlertRaised>([](const auto& e) { return !e.by; }));
  decision("the chain goes on behind a partner's answer",
           "an alert that a partner took is taken once and the chain stops", edited(partner_is_not_heard));
  decision("the end of the chain is silent", "an unanswered alert moves on or becomes an alarm",
           without<TaskOpened>([](const auto& e) { return e.kind == TaskKind::unanswered_alarm; }));
  decision("nobody opened it", "an incident without a call is opened by a person", edited(opened_by_nobody),
           [](Scenario& s) { s.without_call = seconds(20); });
  decision("what an officer saw alarms nobody", "what an officer saw alarms until a desk attends",
           without<TaskOpened>([](const auto& e) { return e.incident && e.unit && e.kind != TaskKind::officer_help; }),
           [](Scenario& s) { s.without_call = seconds(20); });
  decision("who leaves keeps what an officer saw", "who has taken what an officer saw is there",
           without<tasks::TaskTaken>([](const auto& e) { return !e.person; }), [](Scenario& s) {
             s.without_call = seconds(20);
             s.faults[Fault::browser_dies] = seconds(5);
           });
  decision("an alarm stands after a unit accepted", "an alarm ends when a unit accepts or the incident closes",
           edited(alarm_stands));
  decision("a callback outlives the call that served it", "who was talked to is not called back for what was before",
           without<tasks::TaskClosed>([](const auto& e) { return e.reason == tasks::TaskReason::called_again; }));
  decision("a busy unit is sent", "a unit has one alert", edited(busy_unit_is_sent));
  decision("a better place moves nobody", "a waiting call's home is the station of its newest place",
           edited(better_place_moves_nobody));
  decision("a broken relay is nobody's matter", "who was handed over talks to somebody",
           edited(relay_breaks_in_silence), quiet_with_bad_media);
  decision("a guest who never came stays", "a guest comes in time or is none",
           without<calls::GuestLeft>([](const auto& e) { return e.how == calls::GuestEnd::declined; }),
           [](Scenario& s) { s.restless = 80; });
  decision("who listens hears on when it is over", "nobody listens to what is over",
           without<calls::ListeningEnded>([](const auto& e) { return e.how == calls::ListeningEnd::call_ended; }));
  decision("a complaint is not drawn", "the sample holds what must be in it",
           without<quality::ReviewDrawn>([](const auto& e) { return e.reason == quality::SampleReason::complaint; }));
  decision("nobody is told that a complaint is late", "no complaint is silent past its limit",
           without_tasks(TaskKind::late_complaint));
  decision("a complaint about conduct goes to its station",
           "a complaint about conduct is never at the station that it is about", edited(conduct_stays_at_home));
  decision("a late complaint is put away", "a complaint is closed by an answer", edited(late_is_put_away));
  decision("an operator judges their own call", "nobody reviews themselves", edited(own_call_is_judged));
  decision("somebody in a call joins another", "never two calls at an operator", edited(handed_over_to_the_busy));
  decision("a task that nobody spoke of closes itself after the call back", "a task is closed by a person",
           edited(hung_up_counts_as_no));
  decision("who comes back stays not ready", "who was ready and comes back is ready again",
           edited(who_comes_back_stays_not_ready));
  decision("a temporary password is as good as another", "a temporary password opens nothing but the choice of another",
           temporary_opens_all);
  setting("a board is told once", "nobody waits while a person at a desk does not know it", [](Sabotage& s) {
    s.touched = [](const core::State& state, const std::vector<Event>& events) {
      auto touched = core::views::touched_by(state, events);
      touched.board = false;
      return touched;
    };
  });
  setting("a ring lasts a minute", "a ring ends within ten seconds",
          [](Sabotage& s) { s.policy.offer_lasts = minutes(1); });
  setting("a ring lasts two seconds", "an operator has the time to answer",
          [](Sabotage& s) { s.policy.offer_lasts = seconds(2); });
  setting("timers run on the bare wall clock", "an operator has the time to answer",
          [](Sabotage& s) { s.wall_clock = true; });
  setting("a crash loses what was acknowledged", "an accepted caller on the line is in a call",
          [](Sabotage& s) { s.loses_acknowledged = true; });
  setting("a start forgets what was ordered", "everything that was ordered is reported on",
          [](Sabotage& s) { s.forgets_effects = true; });
  setting(
      "slow is taken for dead", "slow is not dead: who is there is not lost",
      [](Sabotage& s) { s.slow_is_dead = true; }, [](Scenario& s) { s.faults[Fault::starved] = seconds(20); });
  setting(
      "what was forgotten gets a key again", "nothing is sealed for what was forgotten",
      [](Sabotage& s) {
        s.decide = edited([](Events& events, const core::State& before, const core::Input& input) {
          const auto* over = std::get_if<core::RetentionOver>(&input);
          if (!over || events.empty() || over->records.calls.empty()) return;
          add(events, before, dispatch::HelpRequested{{}, {}, personal(over->records.calls.front(), GeoPoint{})});
        });
      },
      [](Scenario& s) { s.faults[Fault::forgets] = seconds(10); });
  setting(
      "live records are forgotten", "what is being worked on is not forgotten",
      [](Sabotage& s) {
        s.decide = edited([](Events& events, const core::State& before, const core::Input& input) {
          const auto* over = std::get_if<core::RetentionOver>(&input);
          if (!over || over->records.empty() || before.holds) return;
          events.clear();
          privacy::RecordsForgotten forgotten;
          forgotten.records = over->records;
          add(events, before, std::move(forgotten));
        });
      },
      [](Scenario& s) { s.faults[Fault::forgets] = seconds(10); });
  setting(
      "what is held is forgotten in time", "what is held is not forgotten",
      [](Sabotage& s) {
        s.decide = edited([](Events& events, const core::State& before, const core::Input& input) {
          const auto* over = std::get_if<core::RetentionOver>(&input);
          if (!over || !before.holds) return;
          privacy::RecordsForgotten forgotten;
          for (const auto id : over->records.calls)
            if (before.holds->contains(id) && !before.calls.find(id)) forgotten.records.calls.push_back(id);
          if (!forgotten.records.empty()) add(events, before, std::move(forgotten));
        });
      },
      [](Scenario& s) { s.faults[Fault::forgets] = seconds(10); });
  setting(
      "pages call as many as want to", "pages never take a telephone caller's place",
      [](Sabotage& s) { s.pages_unbounded = true; }, [](Scenario& s) { s.pages = seconds(3); });
  setting(
      "a page that calls anew keeps the call before", "a page has one call at a time",
      [](Sabotage& s) {
        s.decide = edited([](Events& events, const core::State&, const core::Input& input) {
          const auto* ended = std::get_if<core::LegEnded>(&input);
          if (ended && ended->cause == "page called anew") events.clear();
        });
      },
      [](Scenario& s) { s.pages = seconds(3); });
  setting("the inbox goes before the timers", "due timers go before the inbox",
          [](Sabotage& s) { s.inbox_first = true; });
  return all;
}

Hunt hunt(const Mutant& mutant, std::uint64_t seeds) {
  Hunt result;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    auto scenario = swarm(seed);
    if (mutant.world) mutant.world(scenario);
    const auto report = simulate(scenario, mutant.sabotage);
    if (report.violation.empty()) continue;
    result.seed = seed;
    result.violation = report.violation;
    result.as_expected = report.violation.starts_with(mutant.caught);
    return result;
  }
  return result;
}

}  // namespace sigap::sim
