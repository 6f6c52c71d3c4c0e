// What a viewer may see of the state, card by card. Pure: (state, viewer) in, cards out; nothing when the thing is
// gone or not theirs to see. Every field that not everybody sees passes access::may_see here and nowhere else.
#pragma once
#include <map>
#include <optional>

#include "core/access/access.h"
#include "core/policy.h"
#include "core/views/cards.h"
#include "core/views/wire.h"

namespace sigap::core::views {

struct View {
  const State& state;
  const Positions& positions;
  const Policy& policy;
  const people::Person& viewer;
};

SelfCard self_card(const View& view, SessionId session);
AccountCard account_card(const View& view, SessionId here);

/// The boards of all stations at one moment: who waits and who is there is counted once, not for every screen.
class Boards {
 public:
  /// `state` must stay as it is meanwhile.
  explicit Boards(const State& state);
  /// None for officers and administrators.
  std::optional<BoardCard> card(const View& view);

 private:
  const State& state_;
  std::optional<Instant> unserved_since_;
  std::map<StationCode, BoardCard> counted_;
  /// Calls and operators of the viewer's station, and for a supervisor of all below it.
  BoardCard counted(const View& view) const;
  std::map<std::pair<StationCode, people::Role>, BoardCard> asked_for_;
};

std::optional<CallCard> card(const View& view, CallId id);
std::optional<IncidentCard> card(const View& view, IncidentId id);
std::optional<AlertCard> card(const View& view, AlertId id);
std::optional<TaskCard> card(const View& view, TaskId id);
std::optional<UnitCard> unit_card(const View& view, PersonId id);
std::optional<PersonCard> person_card(const View& view, PersonId id);
std::optional<ShiftCard> card(const View& view, ShiftId id);
/// For administrators who reach whom it concerns.
std::optional<ClientCard> card(const View& v, ClientId id);
std::optional<ApprovalCard> card(const View& view, ApprovalId id);
std::optional<RefusedSignInCard> card(const View& view, SignInRefusalId id);
/// For whoever may plan shifts.
std::optional<StaffCard> staff_card(const View& view, PersonId id);
/// None of what is outside the viewer's reach; of a record without a station, for the headquarters alone.
std::optional<RecordCard> card(const View& view, const RecordFound& record);
std::optional<ReviewCard> card(const View& view, ReviewId id);
std::vector<ReviewFormCard> review_form_cards(const View& view);
std::optional<CaseCard> card(const View& view, CaseId id);
std::vector<CaseCategoryCard> case_category_cards(const View& view);
/// None of what the viewer may not hear; to administrators what is held of their reach, without anything of it.
std::optional<RecordingCard> card(const View& view, const KnownCall& call);
std::vector<StationCard> station_cards(const View& view);

/// The citizen's report behind a token's hash, with the help of the event it is part of; nothing when the link is
/// unknown or its time is over.
std::optional<TrackCard> track_card(const State& state, const std::string& token_hash);
/// The citizen's complaint by its number and the hash of its code; nothing when there is none, or it is over.
std::optional<OwnCaseCard> own_case(const State& state, CaseId id, const std::string& code_hash);
/// What can be complained of, and of which stations.
CaseForm case_form(const State& state);
/// What a citizen's page is told of its own call; nothing when the call is over.
std::optional<PageStatus> page_status(const State& state, const LegId& leg);
/// What is written in a call, for the caller's own page and for who may see it.
std::vector<LineCard> lines_of(const calls::Call& call);

}  // namespace sigap::core::views
