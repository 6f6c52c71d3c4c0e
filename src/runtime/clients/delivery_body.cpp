// What a client is told. The least: without the scope "personal" no number, no name, no words, and a place that is a
// square kilometre.
#include "base/rfc3339.h"
#include "runtime/clients/client_words.h"
#include "runtime/clients/deliveries.h"

namespace sigap::runtime {
namespace {

/// To hundredths of a degree, about a kilometre: which village, not whose house. Own.
std::int32_t coarse(std::int32_t e7) {
  constexpr std::int32_t kStep = 100'000;
  return (e7 + (e7 < 0 ? -kStep : kStep) / 2) / kStep * kStep;
}

std::string place_of(const incidents::Incident& incident, bool personal) {
  const auto* place = incident.place.reveal();
  if (!place) return {};
  std::string text;
  const auto add = [&](const std::string& member) { text += (text.empty() ? "" : ",") + member; };
  if (place->point) {
    const auto at = [&](std::int32_t e7) { return degrees(personal ? e7 : coarse(e7)); };
    add("\"longitude\":" + at(place->point->longitude_e7) + ",\"latitude\":" + at(place->point->latitude_e7));
  }
  if (personal && place->radius_m) add("\"radius_m\":" + std::to_string(*place->radius_m));
  if (personal && !place->text.empty()) add("\"text\":" + quoted(place->text));
  if (text.empty()) return {};
  return ",\"place\":{" + text + ",\"coarse\":" + (personal ? "false" : "true") + "}";
}

std::string words_of(const incidents::Incident& incident) {
  std::string text;
  const auto add = [&](const char* name, const Personal<std::string>& value) {
    if (const auto* said = value.reveal(); said && !said->empty())
      text += std::string(",\"") + name + "\":" + quoted(*said);
  };
  add("notes", incident.notes);
  add("reporter", incident.reporter);
  add("number", incident.number);
  return text;
}

std::string incident_of(const core::State& state, const clients::Client& client, IncidentId id) {
  std::string text = "\"incident\":" + std::to_string(id.value);
  const auto* incident = state.incidents.find(id);
  if (!incident) return text;  // it is history by now
  const bool personal = client.scopes.contains(clients::Scope::personal);
  text += ",\"station\":" + quoted(incident->station.value) + ",\"incident_type\":" + quoted(label_of(incident->type)) +
          ",\"priority\":" + quoted(label_of(incident->priority)) +
          ",\"opened\":" + quoted(write_rfc3339(incident->opened));
  text += place_of(*incident, personal);
  if (personal) text += words_of(*incident);
  if (incident->closed) text += ",\"answer\":" + quoted(label_of(incident->answer));
  return text;
}

}  // namespace

std::string delivery_body(const core::State& state, const clients::Client& client, const ports::Delivery& delivery) {
  std::string data;
  if (delivery.topic == clients::Topic::alert) {
    data = "\"alert\":" + std::to_string(delivery.alert.value) + ",\"status\":" + quoted(delivery.stands);
    if (const auto* unit = state.people.person(delivery.unit)) data += ",\"unit\":" + quoted(unit->call_sign);
    if (const auto* alert = state.dispatch.alert(delivery.alert))
      data += ",\"step\":" + std::to_string(alert->step) + ",\"until\":" + quoted(write_rfc3339(alert->until));
    data += ',';
  }
  data += incident_of(state, client, delivery.incident);
  return "{\"type\":" + quoted(delivery.type) + ",\"timestamp\":" + quoted(write_rfc3339(delivery.at)) + ",\"data\":{" +
         data + "}}";
}

}  // namespace sigap::runtime
