// A small nation for tests of the rules: an operator signs in, a call arrives, time passes; what happened is at hand.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>

#include "core/decide.h"

namespace sigap::core {

/// A small nation with an operator at each of Sleman, Bantul and the Polda's desk, and a hand to drive it.
struct Nation {
  State state;
  Positions positions;
  Policy policy;
  Instant now{1'700'000'000'000};
  std::vector<Event> last;
  std::optional<Refusal> refusal;
  std::int64_t legs = 0;

  Nation() {
    say(Started{"test", 1});
    DefineStations stations;
    using stations::StationLevel;
    stations.stations = {
        {{"mabes"}, "Mabes Polri", StationLevel::mabes, {}, *geo_point(106.8, -6.24), "Asia/Jakarta", {}},
        {{"polda-diy"}, "Polda DIY", StationLevel::polda, {"mabes"}, *geo_point(110.41, -7.76), "Asia/Jakarta", {}},
        {{"polres-sleman"},
         "Polres Sleman",
         StationLevel::polres,
         {"polda-diy"},
         *geo_point(110.35, -7.71),
         "Asia/Jakarta",
         {}},
        {{"polres-bantul"},
         "Polres Bantul",
         StationLevel::polres,
         {"polda-diy"},
         *geo_point(110.33, -7.88),
         "Asia/Jakarta",
         {}},
        {{"polda-papua"}, "Polda Papua", StationLevel::polda, {"mabes"}, *geo_point(140.7, -2.5), "Asia/Jayapura", {}},
        {{"polres-jayapura"},
         "Polres Jayapura",
         StationLevel::polres,
         {"polda-papua"},
         *geo_point(140.5, -2.6),
         "Asia/Jayapura",
         {}},
    };
    say(stations);
  }

  void say(const Input& input) {
    auto decision = decide(state, positions, policy, input, now);
    last = std::move(decision.events);
    refusal = decision.refusal;
  }
  /// Time passes; due timers fire one after the other, each at its own time.
  void pass(Duration d) {
    const Instant end = now + d;
    while (const auto next = next_deadline(state)) {
      if (*next > end) break;
      now = std::max(now, *next);
      const auto before = last;
      say(*due_timer(state, now));
    }
    now = end;
  }
  PersonId add(const std::string& login, people::Role role, const std::string& station) {
    const PersonId id{state.next.person};
    say(CommandAsked{CommandLine{}, AddPerson{"op-" + login, login, role, {station}, "U-" + login, "hash", true}, "",
                     ""});
    EXPECT_FALSE(refusal) << refusal->message;
    return id;
  }
  SessionId sign_in(PersonId person) {
    const SessionId id{state.next.session};
    say(SignIn{person, "h" + std::to_string(id.value)});
    say(BrowserAttached{id});
    return id;
  }
  SessionId operator_ready(const std::string& login, const std::string& station) {
    const auto session = sign_in(add(login, people::Role::operator_, station));
    ask(session, PassHeadset{});
    ask(session, BeReady{});
    return session;
  }
  void ask(SessionId session, Command command) {
    say(CommandAsked{SignedIn{session}, std::move(command), "token", "token-hash"});
  }
  CallId arrives(const std::string& station, CallerRef caller = {}, std::optional<Location> at = {}) {
    CallArrives in;
    in.leg = {"leg" + std::to_string(++legs)};
    in.trunk_station = {station};
    in.caller = caller;
    in.number = "+6281";
    in.location = at;
    const CallId id{state.next.call};
    say(in);
    return id;
  }
  const people::Operator& op(SessionId session) {
    return *state.people.operator_of(state.people.session(session)->person);
  }

  template <class E>
  std::vector<E> happened() const {
    std::vector<E> found;
    for (const auto& event : last)
      if (const auto* e = std::get_if<E>(&event.body)) found.push_back(*e);
    return found;
  }
};

using people::OperatorState;

}  // namespace sigap::core
