// Complaints as supervisors see them, and as their citizens do.
#include "core/views/shown.h"

namespace sigap::core::views {
namespace {

using access::Field;
using access::Relation;
using cases::EntryKind;

std::optional<std::string> words(const std::optional<Personal<std::string>>& text) {
  return text ? text->value : std::nullopt;
}

/// What its citizen is told, and what they said themselves.
bool is_told(EntryKind kind) {
  switch (kind) {
    case EntryKind::opened:
    case EntryKind::moved:
    case EntryKind::raised:
    case EntryKind::late:
    case EntryKind::answered:
    case EntryKind::closed:
    case EntryKind::not_solved:
    case EntryKind::rated:
      return true;
    case EntryKind::noted:
      return false;
  }
  return false;
}

CaseCategoryCard card_of(const cases::Category& c) {
  return {c.code, c.indonesian, c.english, c.conduct};
}

}  // namespace

std::optional<CaseCard> card(const View& v, CaseId id) {
  const auto* complaint = find_case(v.state, id);
  // Who may see it is who may answer it.
  if (!complaint || access::objection(v.state, v.viewer, AnswerCase{id, {}, false})) return std::nullopt;
  CaseCard c;
  c.complaint = id;
  c.number = cases::number_of(id, complaint->opened);
  c.origin = complaint->origin;
  c.category = complaint->category;
  c.conduct = complaint->conduct;
  if (complaint->about) {
    c.about = complaint->about;
    c.about_name = station_name(v.state, complaint->about);
  }
  c.station = complaint->station;
  c.station_name = station_name(v.state, complaint->station);
  c.opened = complaint->opened;
  c.limit = complaint->limit;
  c.due = complaint->due;
  c.late = complaint->late;
  c.heard = complaint->heard;
  c.contested = complaint->contested;
  c.closed = complaint->closed;
  c.mark = complaint->mark;
  c.text = shown(v, Field::incident_text, Relation::reach, complaint->text);
  c.where = shown(v, Field::incident_text, Relation::reach, complaint->where);
  c.phone = shown(v, Field::caller_number, Relation::reach, complaint->number);
  for (const auto& entry : complaint->entries)
    c.entries.push_back({entry.kind, entry.at, entry.person ? name_of(v, entry.person, Relation::reach) : std::nullopt,
                         station_name(v.state, entry.station), words(entry.text), entry.mark});
  return c;
}

std::vector<CaseCategoryCard> case_category_cards(const View& v) {
  std::vector<CaseCategoryCard> cards;
  if (!v.state.cases || !access::may(v.viewer.role, AnswerCase{})) return cards;
  for (const auto& each : v.state.cases->categories) cards.push_back(card_of(each));
  return cards;
}

std::optional<OwnCaseCard> own_case(const State& s, CaseId id, const std::string& code_hash) {
  const auto* complaint = find_case(s, id);
  if (!complaint || complaint->code_hash.empty() || complaint->code_hash != code_hash) return std::nullopt;
  OwnCaseCard c;
  c.number = cases::number_of(id, complaint->opened);
  if (const auto* category = s.cases->category(complaint->category)) {
    c.indonesian = category->indonesian;
    c.english = category->english;
  }
  c.station_name = station_name(s, complaint->station);
  if (const auto* station = s.stations.find(complaint->station)) c.time_zone = station->time_zone;
  c.opened = complaint->opened;
  c.due = complaint->heard || complaint->due > complaint->limit ? complaint->due : complaint->limit;
  c.closed = complaint->closed;
  c.may_contest = complaint->closed && !complaint->contested;
  c.mark = complaint->mark;
  for (const auto& entry : complaint->entries)
    if (is_told(entry.kind))
      c.entries.push_back({entry.kind, entry.at, {}, station_name(s, entry.station), words(entry.text), entry.mark});
  return c;
}

CaseForm case_form(const State& s) {
  CaseForm form;
  if (!s.cases) return form;
  for (const auto& each : s.cases->categories) form.categories.push_back(card_of(each));
  for (const auto& [code, station] : s.stations.stations)
    form.stations.push_back({code, station.name, station.parent ? std::optional(station.parent) : std::nullopt});
  return form;
}

}  // namespace sigap::core::views
