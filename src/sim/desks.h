// The operators: they come and go by their seats' hours, answer or miss, talk, type, send help, and now and then do
// something odd. Each looks at their screen when something on it changes, and does the next thing a person would.
#pragma once
#include <deque>
#include <map>
#include <vector>

#include "base/id_map.h"
#include "sim/citizens.h"

namespace sigap::sim {

class Desks {
 public:
  Desks(Stage& stage, Citizens& citizens) : stage_(stage), citizens_(citizens) {}

  void seat(PersonId person, const Seat& seat);
  /// Once a minute or so: who comes, who goes.
  void clock();
  void event(const core::Event& event);
  /// A new server: every browser comes back.
  void server_started();
  void browser_dies(PersonId person);
  /// Somebody stands before one of them, or a radio says something.
  void opens_one();
  /// Browsers of a place are cut off.
  void cut(const Where& where, bool cut);
  /// Everybody of a place leaves, or may come back.
  void away(const Where& where, bool away);
  const std::vector<PersonId>& people() const { return people_; }
  /// Since when their browser is there without a break; nothing: it is not, or nobody's desk.
  std::optional<Instant> there_since(PersonId person) const;

 private:
  /// Whether somebody should sit there, and does: all are looked at each minute, so they lie side by side.
  struct Shift {
    PersonId person;
    SessionId session;  ///< 0 while nobody is signed in
    Duration from, lasts;
    bool away = false;
  };
  struct Desk {
    PersonId person;
    Shift* shift = nullptr;
    std::int64_t doing = 0;  ///< counts what was begun: an older plan is dropped
    bool cut = false;
    StationCode station;
    StationCode province;
    std::deque<TaskId>* tasks = nullptr;  ///< of its station
    Instant browser_back, pause_until, uncut;
    std::int64_t sign_ins = 0;
    bool tried_the_house = false;  ///< with a password that opens the door alone
  };
  bool on_shift(const Shift& shift) const;
  void signed_in(PersonId person, SessionId session);
  void soon(PersonId person);
  void look(Desk& desk);
  void look_at_call(Desk& desk, const people::Operator& op);
  void look_for_task(Desk& desk);
  void odd_things(Desk& desk, const people::Operator& op);
  /// The third voice: who has the call brings somebody in, hands over or goes on alone; the guest leaves some time.
  void look_at_guest(Desk& desk, const calls::Call& call);
  void bring_somebody(const Desk& desk, CallId call);
  void help(Desk& desk, IncidentId incident);
  void close_soon(IncidentId incident);
  /// Who closes it: whoever opened it, or somebody of its station.
  const Desk* closer_of(const incidents::Incident& incident) const;
  /// After `time`, unless something else was begun; the screen is looked at again later in any case.
  template <class Command>
  void then(Desk& desk, Duration time, Command command);
  template <class Command>
  void asks(const Desk& desk, Command command);

  Stage& stage_;
  Citizens& citizens_;
  IdMap<PersonId, Desk> desks_;
  std::deque<Shift> shifts_;  ///< each keeps its address
  std::vector<PersonId> people_;
  std::map<StationCode, std::deque<TaskId>> tasks_;
};

}  // namespace sigap::sim
