// A nation with somebody of every role, in which everything is there that a command could name. For tests of who may
// see and do what.
#pragma once
#include <map>
#include <string>

#include "core/access/access.h"
#include "core/decide.h"

namespace sigap::core::access {

using people::Role;

/// A nation with one open incident at Sleman and somebody of every role at Sleman, above it, and elsewhere.
struct Nation {
  State state;
  Positions positions;
  Instant now{1'700'000'000'000};
  std::map<std::string, PersonId> people;  ///< "operator@polres-a"
  IncidentId incident;
  CallId call, waiting;
  AlertId alert;
  TaskId task, help;
  ShiftId shift;

  Decision say(const Input& input) { return decide(state, positions, kPolicy, input, now); }
  SessionId session(const std::string& who) { return state.people.session_of(people.at(who))->id; }
  std::optional<Refusal> ask(const std::string& who, Command command) {
    return say(CommandAsked{SignedIn{session(who)}, std::move(command), "token", "token-hash"}).refusal;
  }

  Nation() {
    using stations::StationLevel;
    say(Started{"test", 1});
    say(DefineStations{{
        {{"mabes"}, "Mabes", StationLevel::mabes, {}, *geo_point(106.8, -6.2), "Asia/Jakarta", {}},
        {{"polda"}, "Polda", StationLevel::polda, {"mabes"}, *geo_point(110.4, -7.7), "Asia/Jakarta", {}},
        {{"polres-a"}, "Polres A", StationLevel::polres, {"polda"}, *geo_point(110.3, -7.7), "Asia/Jakarta", {}},
        {{"polres-b"}, "Polres B", StationLevel::polres, {"polda"}, *geo_point(110.2, -7.9), "Asia/Jakarta", {}},
    }});
    for (const auto& [name, role] : std::map<std::string, Role>{{"operator", Role::operator_},
                                                                {"officer", Role::officer},
                                                                {"supervisor", Role::supervisor},
                                                                {"administrator", Role::administrator}})
      for (const auto* station : {"polres-a", "polda", "polres-b"}) {
        const PersonId id{state.next.person};
        people[name + "@" + station] = id;
        say(CommandAsked{CommandLine{},
                         AddPerson{name + "." + station, "NAME-" + name, role, {station}, "CS-" + name, "PWHASH", true},
                         "", ""});
        say(SignIn{id, "hash" + name + station});
        say(BrowserAttached{session(name + "@" + station)});
      }
    ask("operator@polres-a", PassHeadset{});
    ask("operator@polres-a", BeReady{});
    CallArrives in;
    in.leg = {"leg1"};
    in.trunk_station = {"polres-a"};
    in.number = "+62-NUMBER";
    in.location = Location{*geo_point(110.31, -7.71), 20};
    in.caller = {1};
    call = {state.next.call};
    say(in);
    in.caller = {};
    say(DigitPressed{{"leg1"}, "5"});
    say(TextTyped{{"leg1"}, "first", "TYPED"});
    ask("operator@polres-a", AcceptOffer{state.people.operator_of(people.at("operator@polres-a"))->offer});
    incident = state.calls.find(call)->incident;
    ask("operator@polres-a", EditIncident{incident, {}, {}, incidents::Place{"PLACE", {}}, "NOTES", "REPORTER"});
    positions[people.at("officer@polres-a")] = {*geo_point(110.3, -7.7), now};
    ask("officer@polres-a", GoOnDuty{});
    ask("officer@polres-b", GoOnDuty{});
    alert = {state.next.alert};
    ask("operator@polres-a", DispatchUnit{incident, people.at("officer@polres-a")});
    in.leg = {"leg2"};
    in.number = "+62-WAITING";
    waiting = {state.next.call};
    say(in);
    in.leg = {"leg3"};
    in.number = "+62-ABANDONED";
    task = {state.next.task};
    say(in);
    say(LegEnded{{"leg3"}, calls::CallEndedBy::caller, "BYE"});
    help = {state.next.task};
    ask("officer@polres-a", RequestHelp{});
    shift = {state.next.shift};
    ask("supervisor@polres-a", PlanShift{{"polres-a"}, now, now + hours(8), {people.at("operator@polres-a")}, 2});
  }
};

}  // namespace sigap::core::access
