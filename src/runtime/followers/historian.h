// Makes the history's rows of events: what is known of calls, incidents, alerts and operators' work, and what each
// change adds to the sums of its hour.
//   events -> facts that are still open (here) -> rows, and the difference to what was counted of them before
// Invariants: no clock, no I/O; what is open here is what the store says is open, so that a start goes on where it
// stopped; nothing of a place is kept but its cell.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/event.h"
#include "ports/history.h"

namespace sigap::runtime {

class Historian {
 public:
  /// Goes on from what a store has. Refusals: the store's.
  Result<bool> load(ports::HistoryStore& store);
  /// What these events, the next of the journal, change.
  ports::HistoryChanges changes_of(const std::vector<core::Event>& events);

 private:
  /// Facts of one kind of which more may become.
  template <class Id, class Fact>
  struct Book {
    std::map<Id, Fact> open;
    std::map<Id, std::optional<Fact>> touched;  ///< in this batch: as it was before, or nothing of a new one

    Fact& begin(const Id& id) {
      touched.try_emplace(id, std::nullopt);
      return open[id];
    }
    /// Null of what is not open: nothing more becomes of it.
    Fact* change(const Id& id) {
      const auto found = open.find(id);
      if (found == open.end()) return nullptr;
      touched.try_emplace(id, found->second);
      return &found->second;
    }
    const Fact* find(const Id& id) const {
      const auto found = open.find(id);
      return found == open.end() ? nullptr : &found->second;
    }
  };
  using WorkId = std::pair<PersonId, Instant>;

  void take(const core::Event& event);
  void forget(const Records& records);
  void work(PersonId person, std::optional<figures::WorkKind> kind, Instant at);
  int hours_east_of(const StationCode& station) const;
  /// Rows and sums of what was touched, and without what is over.
  template <class Id, class Fact, class Over>
  void finish(Book<Id, Fact>& book, figures::TableId table, const Over& over);

  std::map<StationCode, figures::StationFact> stations_;
  std::map<PersonId, figures::PersonFact> people_;
  Book<CallId, figures::CallFact> calls_;
  Book<IncidentId, figures::IncidentFact> incidents_;
  Book<AlertId, figures::AlertFact> alerts_;
  Book<WorkId, figures::WorkFact> work_;
  std::map<PersonId, Instant> working_;  ///< since when, of the stretch that goes on
  // Of the batch:
  std::set<StationCode> new_stations_;
  std::set<PersonId> new_people_;
  figures::Tally tally_;
  ports::HistoryChanges changes_;
};

}  // namespace sigap::runtime
