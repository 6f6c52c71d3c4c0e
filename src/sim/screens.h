// Screens in a simulation: each is told only what changed, and must hold what a fresh one would be shown.
#pragma once
#include <map>
#include <string>

#include "core/views/picture.h"
#include "sim/server.h"

namespace sigap::sim {

/// What a browser keeps of the updates it was sent.
struct Mirror {
  std::map<CallId, core::CallCard> calls;
  std::map<IncidentId, core::IncidentCard> incidents;
  std::map<PersonId, core::UnitCard> units;
  std::map<AlertId, core::AlertCard> alerts;
  std::map<TaskId, core::TaskCard> tasks;
  std::map<PersonId, core::PersonCard> people;
  std::map<ShiftId, core::ShiftCard> shifts;
  std::map<PersonId, core::StaffCard> staff;
  std::map<CaseId, core::CaseCard> cases;
  std::optional<core::SelfCard> self;
  std::optional<core::BoardCard> board;
  std::int64_t seq = 0;
  bool gap = false;  ///< an update was missed: never here

  void apply(const core::Update& update);
  /// The first card that differs, or empty.
  std::string differs_in(const Mirror& other) const;
};

class Screens {
 public:
  explicit Screens(const Sabotage& sabotage) : touched_by_(sabotage.touched) {}
  /// After a durable batch: every screen hears what changed for it; then one is compared. Says what differs, or
  /// nothing.
  std::string follow(const core::State& state, const std::vector<core::Event>& events);
  /// The process died: browsers come back for a complete picture.
  void restart() { screens_.clear(); }
  std::int64_t compared() const { return compared_; }
  /// What this person is shown; null while nobody draws it.
  const Mirror* of(PersonId person) const;

 private:
  struct Screen {
    SessionId session;
    core::views::Picture picture;
    Mirror mirror;
  };
  decltype(Sabotage::touched) touched_by_;
  std::map<PersonId, Screen> screens_;
  PersonId last_compared_;
  std::int64_t compared_ = 0, batches_ = 0;
};

}  // namespace sigap::sim
