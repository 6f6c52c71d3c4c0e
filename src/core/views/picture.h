// What one screen has been shown, so that it is told only what changed.
// Invariants: complete() is everything the viewer may see; applying changes() one after the other gives the same as
// a complete() now. At most kCardsMax cards of a kind: what is beyond is counted on the board and shown when half of
// them went. Never left out: the viewer's own incidents, alarms that nobody has taken, and who asks for help.
#pragma once
#include <limits>
#include <map>

#include "core/views/project.h"
#include "core/views/touched.h"
#include "core/views/wire.h"

namespace sigap::core::views {

/// Nobody can look at more of a kind; a browser still scrolls this many smoothly. Own.
inline constexpr std::size_t kCardsMax = 300;
/// People of the whole police, for their administrator's search. Own.
inline constexpr std::size_t kPeopleMax = 50'000;
/// Shifts: a week of a province of 47 stations, three a day. The soonest are shown first. Own.
inline constexpr std::size_t kShiftsShownMax = 1'000;

/// Complaints: a province's of a fortnight. The soonest due are shown first. Own.
inline constexpr std::size_t kCasesShownMax = 1'000;

/// Of what there is by nature little, or what must be seen: a person opens 50 at most, an incident has one alarm.
inline constexpr std::size_t kNoneLeftOut = std::numeric_limits<std::size_t>::max();

/// The cards of one kind that a screen holds.
template <class Id, class Card, std::size_t kMost = kCardsMax>
class Shelf {
 public:
  /// Notes what the screen must be told about `id`.
  void show(Id id, std::optional<Card> card, std::vector<Card>& news, std::vector<Removed>& removed, const char* kind) {
    const auto it = cards_.find(id);
    if (!card) {
      if (it == cards_.end()) return;
      cards_.erase(it);
      removed.push_back({kind, id.value});
    } else if (it != cards_.end()) {
      if (it->second == *card) return;
      it->second = *card;
      news.push_back(std::move(*card));
    } else if (cards_.size() < kMost) {
      cards_.emplace(id, *card);
      news.push_back(std::move(*card));
    } else {
      left_out_ = true;
    }
  }
  /// Off this shelf without a word: it is on another from now on. Whether it was here.
  bool take(Id id) { return cards_.erase(id) > 0; }
  bool holds(Id id) const { return cards_.contains(id); }
  /// There is room now for what did not fit. Not at the first gap: to look for what fits is to look at everything, and
  /// in a disaster, when very many are left out, something goes at every moment.
  bool has_room_again() const { return left_out_ && cards_.size() <= kMost / 2; }

 private:
  std::map<Id, Card> cards_;
  bool left_out_ = false;
};

class Picture {
 public:
  explicit Picture(SessionId session) : session_(session) {}

  Update complete(const View& view);
  /// Nothing when the viewer's picture did not change. A change of the board alone is held back for board().
  std::optional<Update> changes(const View& view, const Touched& touched);
  /// The board, when it changed: asked for at a calm pace, for it changes with every call of the nation.
  std::optional<Update> board(const View& view, Boards& boards);

 private:
  void show_all(const View& view, Update& update);
  void show_self(const View& view, Update& update);
  void show_changes(const View& view, const Touched& touched, Update& update);
  bool has_room_again() const;
  void show_incident(const View& view, IncidentId id, Update& update);
  void show_task(const View& view, TaskId id, Update& update);

  SessionId session_;
  std::int64_t seq_ = 0;
  std::optional<SelfCard> self_;
  std::optional<BoardCard> board_;
  Shelf<CallId, CallCard> calls_;
  Shelf<IncidentId, IncidentCard> incidents_;
  Shelf<IncidentId, IncidentCard, kNoneLeftOut> own_;
  Shelf<IncidentId, IncidentCard> reports_;  ///< joined to others: an earthquake's thousand leave room for the rest
  Shelf<PersonId, UnitCard> units_;
  Shelf<AlertId, AlertCard> alerts_;
  Shelf<TaskId, TaskCard> tasks_;
  Shelf<TaskId, TaskCard, kNoneLeftOut> alarms_;  ///< nobody has taken, or an officer asks for help
  Shelf<PersonId, PersonCard, kPeopleMax> people_;
  Shelf<ShiftId, ShiftCard, kShiftsShownMax> shifts_;
  Shelf<PersonId, StaffCard, kPeopleMax> staff_;
  Shelf<ReviewId, ReviewCard> reviews_;  ///< the longest drawn first
  Shelf<ApprovalId, ApprovalCard> approvals_;
  Shelf<SignInRefusalId, RefusedSignInCard> refused_sign_ins_;
  Shelf<ClientId, ClientCard> clients_;
  Shelf<CaseId, CaseCard, kCasesShownMax> cases_;  ///< the soonest due first
  bool shut_ = false;                              ///< the viewer chooses a password first
};

}  // namespace sigap::core::views
