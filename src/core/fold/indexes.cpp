#include "core/fold/indexes.h"

#include <algorithm>

#include "base/overloaded.h"
#include "core/state.h"

namespace sigap::core {
namespace {

std::size_t live_offers(const Facts& facts, const std::set<OfferId>& offers) {
  std::size_t live = 0;
  for (const auto id : offers) live += !facts.offers.at(id).ended;
  return live;
}

const StationCode& province_of(const Facts& facts, PersonId person) {
  return facts.stations.province_of(facts.people.person(person)->station);
}

// Which index follows which event, told by the event's type. A new event stands in a list, or it does not compile.

/// A ring or another side of a call begins or ends.
template <class E>
concept OfOffer =
    OneOf<E, calls::CallAccepted, calls::CallConnected, calls::CallHeld, calls::CallResumed, calls::AskedToPress,
          calls::CallReturned, calls::CallPlaced, calls::GuestInvited, calls::GuestRang, calls::GuestCame,
          calls::GuestConnected, calls::GuestLeft, calls::CallHandedOver, calls::CallRelayed, calls::CallPickedUp,
          distribution::CallOffered, distribution::OfferRenewed, distribution::OfferEnded>;
/// Whether a call waits, how it stands in the queue, what it is about, or which rings it has.
template <class E>
concept OfCall = OfOffer<E> ||
    OneOf<E, calls::CallArrived, calls::CallHomed, calls::CallAdmitted, calls::CallVoiceOpened, calls::CallVoiceLost,
          calls::CallEstablished, calls::CallRenegotiated, calls::DigitHeard, calls::CallUrgent, calls::CallDoubted,
          calls::CallerRemembered, calls::CallLocated, calls::DoubtLifted, calls::RingBackPlaced,
          calls::RingBackAnswered, calls::RingBackQueued, calls::RingBackDeclined, calls::SupervisorAsked,
          calls::CallRang, calls::CallUnreached, calls::CallEnded, calls::LegClosed, calls::OutcomeSet,
          calls::CallClosed, distribution::SecondRingOpened, incidents::IncidentOpened>;
/// Who is ready, and who is here.
template <class E>
concept OfPerson =
    OneOf<E, people::PersonAdded, people::PersonChanged, people::PersonDisabled, people::PersonEnabled,
          people::SessionOpened, people::SessionEnded, people::BrowserConnected, people::BrowserLost,
          people::BrowserAbsent, people::HeadsetPassed, people::OperatorReady, people::OperatorNotReady,
          calls::CallAccepted, calls::CallReturned, calls::CallPlaced, calls::SupervisorAsked, calls::GuestInvited,
          calls::GuestCame, calls::GuestLeft, calls::CallHandedOver, calls::CallRelayed, calls::CallUnreached,
          calls::OutcomeSet, distribution::CallOffered, distribution::OfferRenewed, distribution::OfferEnded>;
/// What is compared of an incident.
template <class E>
concept OfIncident = OneOf<E, incidents::IncidentOpened, incidents::IncidentEdited, incidents::IncidentClosed,
                           incidents::IncidentArchived>;
template <class E>
concept OfNone =
    OneOf<E, ServedLate, TurnedAwayAtDoor, EffectSettled, EffectsDone, people::PasswordChanged, people::SignInRefused,
          people::CommandRefused, people::SessionProved, people::ProofRefused, people::ApprovalAsked,
          people::ApprovalEnded, people::TotpSet, people::TotpRemoved, people::RecoveryCodesMade, people::PasskeyAdded,
          people::PasskeyRemoved, people::PasskeyCloned, people::SecondFactorUsed, people::SecondFactorsRemoved,
          people::DevicesKnown, incidents::TrackingOpened, incidents::MessageOrdered, incidents::IncidentLikened,
          dispatch::UnitsRecommended, dispatch::ChainExhausted, dispatch::HelpRequested, tasks::TaskOpened,
          tasks::TaskMerged, tasks::TextReceived, tasks::TaskTaken, tasks::CallbackTried, tasks::TaskClosed,
          tasks::RingBackPlanned, tasks::RingBackDue, tasks::RingBackSkipped, reputation::NumberMarked,
          reputation::NumberCleared, rosters::ShiftPlanned, rosters::ShiftChanged, rosters::ShiftRemoved,
          rosters::ShiftBegan, rosters::ShiftEnded, privacy::RecordsForgotten, privacy::RecordsRead,
          privacy::CallerLookedUp, privacy::RecordingPlayed, privacy::HoldPlaced, privacy::HoldLifted,
          privacy::RecordingsDropped, calls::TextSaid, calls::PhotographKept, calls::PhotographSeen,
          calls::CallerSpeaks, calls::ListeningStarted, calls::ListeningEnded, calls::Whispered, clients::ClientAdded,
          clients::ClientChanged, clients::ClientKeyMade, clients::ClientEnabled, clients::ClientDisabled,
          clients::ClientHeard, clients::DeliveriesReported, clients::DeliveriesReplayed, clients::ReportTaken,
          recordings::RecordingStarted, recordings::RecordingInterrupted, recordings::RecordingResumed,
          recordings::RecordingEnded, quality::ReviewFormDefined, quality::ReviewDrawn, quality::ReviewPassed,
          quality::CallReviewed, quality::ReviewAcknowledged, quality::ReviewClosed, cases::CategoriesDefined,
          cases::CaseOpened, cases::CaseMoved, cases::CaseRaised, cases::CaseAnswered, cases::CaseNoted,
          cases::CaseContested, cases::CaseRated, cases::CaseMessageOrdered, cases::CaseArchived>;
template <class E>
concept Followed = OfCall<E> || OfPerson<E> || OfIncident<E> || OfNone<E>;

}  // namespace

void Indexes::look_at(const Facts& facts, PersonId person) {
  const auto* op = facts.people.operator_of(person);
  const auto* session = op ? facts.people.session(op->session) : nullptr;
  if (op && op->state == people::OperatorState::ready && session && session->connected)
    put_ready(facts, *op);
  else
    ready.remove(person);
  look_whether_here(facts, person);
}

void Indexes::put_ready(const Facts& facts, const people::Operator& op) {
  const auto& station = facts.people.person(op.person)->station;
  const auto* known = facts.stations.find(station);
  ready.put(op.person, station, known ? known->point : GeoPoint{}, op.idle_since);
}

void Indexes::look_whether_here(const Facts& facts, PersonId person) {
  const auto* op = facts.people.operator_of(person);
  // A browser that went away and did not come back is nobody at a desk, though the sign-in lasts.
  const auto* session = op ? facts.people.session(op->session) : nullptr;
  const bool lost = op && op->state == people::OperatorState::not_ready && op->reason == people::NotReadyReason::lost;
  const bool at_desk = session && !session->absent && !(lost && !session->connected);
  const auto it = here_at.find(person);
  if (!at_desk && it == here_at.end()) return;
  const auto* station = at_desk ? &facts.people.person(person)->station : nullptr;
  if (station && it != here_at.end() && it->second == *station) return;
  if (it != here_at.end()) {
    const auto there = here.find(it->second);
    there->second.erase(person);
    if (there->second.empty()) here.erase(there);
    here_at.erase(it);
  }
  if (!station) return;
  here[*station].insert(person);
  here_at[person] = *station;
}

void Indexes::look_at(const Facts& facts, CallId id) {
  if (!facts.calls.waiting.contains(id)) {
    unheard.remove(id);
    second_ring.remove(id);
    return;
  }
  const auto& call = *facts.calls.find(id);
  const auto ringing = offers.find(id);
  const auto rings = ringing == offers.end() ? 0 : live_offers(facts, ringing->second);
  const distribution::Waiting waiting{id, call.urgent || call.returns > 0, call.arrived, false, call.suspected};
  if (rings == 0)
    unheard.put(waiting, call.home);
  else
    unheard.remove(id);
  if (rings == 1 && call.second_ring)
    second_ring.put(waiting, call.home);
  else
    second_ring.remove(id);
}

void Indexes::look_what_about(const Facts& facts, CallId id) {
  if (const auto it = called_about.find(id); it != called_about.end()) {
    const auto there = callbacks.find(it->second);
    there->second.erase(id);
    if (there->second.empty()) callbacks.erase(there);
    called_about.erase(it);
  }
  const auto* call = facts.calls.find(id);
  if (!call || call->direction != calls::Direction::outgoing || !call->incident) return;
  callbacks[call->incident].insert(id);
  called_about[id] = call->incident;
}

/// An offer is forgotten with its call, or kept by it.
void Indexes::look_at_offer(const Facts& facts, OfferId offer, CallId call) {
  if (facts.offers.contains(offer)) offers[call].insert(offer);
}

void Indexes::look_at_alert(const Facts& facts, AlertId alert, IncidentId incident) {
  if (facts.dispatch.alerts.contains(alert)) {
    alerts[incident].insert(alert);
  } else if (const auto its = alerts.find(incident); its != alerts.end()) {
    its->second.erase(alert);
    if (its->second.empty()) alerts.erase(its);
  }
}

void Indexes::look_at_unit(const Facts& facts, PersonId person) {
  const auto* unit = facts.dispatch.unit(person);
  const auto& province = province_of(facts, person);
  if (unit && !unit->alert) {
    free_units[province].insert(person);
  } else if (const auto there = free_units.find(province); there != free_units.end()) {
    there->second.erase(person);
    if (there->second.empty()) free_units.erase(there);
  }
}

void Indexes::look_at_stations(const Facts& facts) {
  below.clear();
  districts = {};
  free_units.clear();  // a district may have gone to another province, with all its units
  for (const auto& [code, station] : facts.stations.stations) {
    if (station.parent) below[station.parent].insert(code);
    if (station.level != stations::StationLevel::polres) continue;
    districts.points.push_back(station.point);
    districts.codes.push_back(code);
    districts.provinces.push_back(station.parent);
  }
  for (const auto& [person, unit] : facts.dispatch.units) look_at_unit(facts, person);
}

void Indexes::look_at_neighbours(const Facts& facts, const StationCode& province) {
  const auto* desk = facts.stations.find(province);
  if (!desk || desk->level != stations::StationLevel::polda) return;
  std::vector<const stations::Station*> its;
  if (const auto found = below.find(province); found != below.end())
    for (const auto& code : found->second) its.push_back(facts.stations.find(code));
  const auto look = [&](const stations::Station* home) {
    std::vector<std::pair<std::int64_t, std::size_t>> order;  // at equal distance in the order of their codes
    for (std::size_t i = 0; i < its.size(); ++i)
      if (its[i] != home) order.emplace_back(distance_m(its[i]->point, home->point), i);
    std::sort(order.begin(), order.end());
    auto& nearest = neighbours[home->code];
    nearest.clear();
    for (const auto& [distance_m, i] : order) nearest.push_back({distance_m, its[i]->code});
  };
  look(desk);
  for (const auto* station : its) look(station);
}

void Indexes::look_at_incident(const Facts& facts, IncidentId id) {
  const auto* incident = facts.incidents.find(id);
  const auto sighting =
      incident && !incident->closed && !incident->root ? incidents::sighting(*incident) : std::nullopt;
  if (sighting)
    sightings.put(incident->province, *sighting);
  else
    sightings.remove(id);
}

void Indexes::all_operators(const Facts& facts) {
  for (const auto& [person, op] : facts.people.operators) look_at(facts, person);
}

void Indexes::follow(const Facts& facts, const EventBody& event) {
  std::visit(Overloaded{
                 [&](const EpochBegan&) { all_operators(facts); },  // their browsers are gone
                 [&](const stations::StationDefined& e) {
                   const auto stood = std::find_if(below.begin(), below.end(), [&](const auto& province) {
                     return province.second.contains(e.station.code);
                   });
                   const auto before = stood == below.end() ? StationCode{} : stood->first;
                   look_at_stations(facts);
                   look_at_neighbours(facts, before);
                   look_at_neighbours(facts, facts.stations.province_of(e.station.code));
                   ready.move(e.station.code, e.station.point);
                 },
                 [&](const incidents::IncidentJoined& e) {
                   look_at_incident(facts, e.incident);
                   look_at_incident(facts, e.into);
                 },
                 [&](const incidents::IncidentSplit& e) {
                   look_at_incident(facts, e.incident);
                   look_at_incident(facts, e.from);
                 },
                 [&](const dispatch::UnitOnDuty& e) { look_at_unit(facts, e.unit); },
                 [&](const dispatch::UnitOffDuty& e) { look_at_unit(facts, e.unit); },
                 [&](const dispatch::AlertRaised& e) {
                   look_at_alert(facts, e.alert, e.incident);
                   look_at_unit(facts, e.unit);
                 },
                 [&](const dispatch::AlertAdvanced& e) {
                   look_at_alert(facts, e.alert, e.incident);
                   look_at_unit(facts, e.unit);  // done: free again
                 },
                 [&](const dispatch::AlertEnded& e) {
                   look_at_alert(facts, e.alert, e.incident);
                   look_at_unit(facts, e.unit);
                 },
                 [&]<Followed E>(const E& e) {
                   if constexpr (OfOffer<E>) look_at_offer(facts, e.offer, e.call);
                   if constexpr (OfCall<E>) {
                     if (const auto its = offers.find(e.call); its != offers.end()) {
                       std::erase_if(its->second, [&](OfferId id) { return !facts.offers.contains(id); });
                       if (its->second.empty()) offers.erase(its);
                     }
                     look_at(facts, e.call);
                     look_what_about(facts, e.call);
                   }
                   if constexpr (OfPerson<E>) look_at(facts, e.person);
                   if constexpr (OfIncident<E>) look_at_incident(facts, e.incident);
                 },
             },
             event);
}

void Indexes::rebuild(const Facts& facts) {
  *this = {};
  look_at_stations(facts);
  for (const auto& [code, station] : facts.stations.stations)
    if (station.level == stations::StationLevel::polda) look_at_neighbours(facts, code);
  for (const auto& [id, incident] : facts.incidents.incidents) look_at_incident(facts, id);
  for (const auto& [id, alert] : facts.dispatch.alerts) alerts[alert.incident].insert(id);
  for (const auto& [id, offer] : facts.offers) offers[offer.call].insert(id);
  for (const auto& [id, since] : facts.calls.waiting) look_at(facts, id);
  for (const auto& [id, call] : facts.calls.calls) look_what_about(facts, id);
  all_operators(facts);
}

std::optional<NearestDistrict> Indexes::nearest_district(GeoPoint point) const {
  std::optional<std::size_t> nearest;
  std::int64_t nearest_m = 0;
  for (std::size_t i = 0; i < districts.points.size(); ++i) {
    if (nearest && least_distance_m(point, districts.points[i]) > nearest_m) continue;
    const auto m = distance_m(point, districts.points[i]);
    if (nearest && m >= nearest_m) continue;
    nearest = i;
    nearest_m = m;
  }
  if (!nearest) return std::nullopt;
  return NearestDistrict{districts.codes[*nearest], nearest_m};
}

}  // namespace sigap::core
