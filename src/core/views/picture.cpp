#include "core/views/picture.h"

#include <tuple>

namespace sigap::core::views {
namespace {

bool empty(const Update& u) {
  return !u.full && !u.self && !u.board && u.calls.empty() && u.incidents.empty() && u.units.empty() &&
         u.alerts.empty() && u.tasks.empty() && u.people.empty() && u.shifts.empty() && u.staff.empty() &&
         u.approvals.empty() && u.reviews.empty() && u.refused_sign_ins.empty() && u.clients.empty() &&
         u.cases.empty() && u.stations.empty() && u.removed.empty();
}

/// Shows it on this shelf, and on no other.
template <class Shelf, class Id, class Card, class... Others>
void show_on(Shelf& shelf, Id id, std::optional<Card> fresh, std::vector<Card>& news, std::vector<Removed>& removed,
             const char* kind, Others&... others) {
  const bool moved = (others.take(id) + ...) > 0;
  shelf.show(id, std::move(fresh), news, removed, kind);
  if (moved && !shelf.holds(id)) removed.push_back({kind, id.value});
}

bool sounds(const TaskCard& card) {
  using tasks::TaskKind;
  if (card.kind == TaskKind::officer_help) return true;
  return !card.taken_by && (card.kind == TaskKind::unanswered_alarm || tasks::awaits_desk(card.kind));
}

}  // namespace

void Picture::show_self(const View& view, Update& update) {
  auto self = self_card(view, session_);
  if (self_ == self) return;
  update.self = self_ = std::move(self);
}

void Picture::show_incident(const View& view, IncidentId id, Update& update) {
  auto fresh = card(view, id);
  const auto on = [&](auto& shelf, auto&... others) {
    show_on(shelf, id, std::move(fresh), update.incidents, update.removed, "incident", others...);
  };
  if (fresh && fresh->mine) return on(own_, incidents_, reports_);
  if (fresh && fresh->into) return on(reports_, incidents_, own_);
  on(incidents_, reports_, own_);
}

void Picture::show_task(const View& view, TaskId id, Update& update) {
  auto fresh = card(view, id);
  const auto on = [&](auto& shelf, auto& other) {
    show_on(shelf, id, std::move(fresh), update.tasks, update.removed, "task", other);
  };
  if (fresh && sounds(*fresh)) return on(alarms_, tasks_);
  on(tasks_, alarms_);
}

void Picture::show_all(const View& view, Update& update) {
  Picture fresh(session_);
  fresh.seq_ = seq_;
  *this = std::move(fresh);
  update.full = true;
  const State& s = view.state;
  shut_ = access::shut(view.state, view.viewer).has_value();
  show_self(view, update);
  if (shut_) return;
  update.board = board_ = Boards(s).card(view);
  update.stations = station_cards(view);
  update.review_forms = review_form_cards(view);
  update.case_categories = case_category_cards(view);
  for (const auto& [id, x] : s.calls.calls) calls_.show(id, card(view, id), update.calls, update.removed, "call");
  // Newest first: of very many, the old ones are left out.
  for (auto it = s.incidents.incidents.rbegin(); it != s.incidents.incidents.rend(); ++it)
    show_incident(view, it->first, update);
  for (const auto& [id, x] : s.dispatch.units)
    units_.show(id, unit_card(view, id), update.units, update.removed, "unit");
  for (const auto& [id, x] : s.dispatch.alerts)
    alerts_.show(id, card(view, id), update.alerts, update.removed, "alert");
  for (const auto& [id, x] : s.tasks.tasks) show_task(view, id, update);
  for (const auto& [id, x] : s.people.people)
    people_.show(id, person_card(view, id), update.people, update.removed, "person");
  for (const auto& [id, x] : s.people.people)
    staff_.show(id, staff_card(view, id), update.staff, update.removed, "staff");
  for (const auto& [id, x] : s.people.approvals)
    approvals_.show(id, card(view, id), update.approvals, update.removed, "approval");
  for (const auto& [id, x] : s.people.refused_sign_ins)
    refused_sign_ins_.show(id, card(view, id), update.refused_sign_ins, update.removed, "refused_sign_in");
  if (s.quality)
    for (const auto& [id, x] : s.quality->reviews)
      reviews_.show(id, card(view, id), update.reviews, update.removed, "review");
  if (s.clients)
    for (const auto& [id, x] : s.clients->clients)
      clients_.show(id, card(view, id), update.clients, update.removed, "client");
  if (s.cases) {
    std::set<std::tuple<bool, Instant, CaseId>> order;  // what is closed comes last
    for (const auto& [id, x] : s.cases->cases) order.insert({x.closed.has_value(), x.due, id});
    for (const auto& [closed, due, id] : order) cases_.show(id, card(view, id), update.cases, update.removed, "case");
  }
  std::set<std::pair<Instant, ShiftId>> soonest;
  for (const auto& [id, shift] : s.rosters.shifts) soonest.insert({shift.from, id});
  for (const auto& [from, id] : soonest) shifts_.show(id, card(view, id), update.shifts, update.removed, "shift");
}

Update Picture::complete(const View& view) {
  Update update;
  show_all(view, update);
  update.seq = ++seq_;
  return update;
}

std::optional<Update> Picture::changes(const View& view, const Touched& t) {
  Update u;
  if (t.everything || shut_ != access::shut(view.state, view.viewer).has_value()) return complete(view);
  if (t.people.contains(view.viewer.id)) show_self(view, u);
  if (!shut_) show_changes(view, t, u);
  if (!shut_ && has_room_again()) return complete(view);
  if (empty(u)) return std::nullopt;
  u.seq = ++seq_;
  return u;
}

void Picture::show_changes(const View& view, const Touched& t, Update& u) {
  for (const auto id : t.calls) calls_.show(id, card(view, id), u.calls, u.removed, "call");
  for (const auto id : t.incidents) show_incident(view, id, u);
  for (const auto id : t.units) units_.show(id, unit_card(view, id), u.units, u.removed, "unit");
  for (const auto id : t.alerts) alerts_.show(id, card(view, id), u.alerts, u.removed, "alert");
  for (const auto id : t.tasks) show_task(view, id, u);
  for (const auto id : t.people) {
    people_.show(id, person_card(view, id), u.people, u.removed, "person");
    staff_.show(id, staff_card(view, id), u.staff, u.removed, "staff");
  }
  for (const auto id : t.approvals) approvals_.show(id, card(view, id), u.approvals, u.removed, "approval");
  for (const auto id : t.reviews) reviews_.show(id, card(view, id), u.reviews, u.removed, "review");
  for (const auto id : t.clients) clients_.show(id, card(view, id), u.clients, u.removed, "client");
  for (const auto id : t.cases) cases_.show(id, card(view, id), u.cases, u.removed, "case");
  for (const auto id : t.shifts) shifts_.show(id, card(view, id), u.shifts, u.removed, "shift");
  for (const auto id : t.refused_sign_ins)
    refused_sign_ins_.show(id, card(view, id), u.refused_sign_ins, u.removed, "refused_sign_in");
}

bool Picture::has_room_again() const {
  return calls_.has_room_again() || incidents_.has_room_again() || units_.has_room_again() ||
         alerts_.has_room_again() || tasks_.has_room_again() || people_.has_room_again() || shifts_.has_room_again() ||
         staff_.has_room_again() || reports_.has_room_again() || reviews_.has_room_again() ||
         approvals_.has_room_again() || refused_sign_ins_.has_room_again() || clients_.has_room_again() ||
         cases_.has_room_again();
}

std::optional<Update> Picture::board(const View& view, Boards& boards) {
  if (shut_) return std::nullopt;
  auto board = boards.card(view);
  if (!board || board_ == board) return std::nullopt;
  Update u;
  u.board = board_ = board;
  u.seq = ++seq_;
  return u;
}

}  // namespace sigap::core::views
