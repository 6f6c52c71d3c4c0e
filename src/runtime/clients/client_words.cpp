#include "runtime/clients/client_words.h"

#include <boost/json.hpp>
#include <cmath>

#include "codec/describe_wire.h"
#include "codec/json.h"
#include "codec/type_of.h"

namespace sigap::runtime {
namespace {

namespace json = boost::json;

constexpr std::int64_t kE7 = 10'000'000;

/// Only these members, so that a misspelt one is told and not lost.
std::optional<Refusal> strangers(const json::object& object, std::initializer_list<std::string_view> known,
                                 const std::string& where) {
  for (const auto& member : object) {
    const std::string_view name(member.key().data(), member.key().size());
    if (std::find(known.begin(), known.end(), name) == known.end())
      return Refusal{"invalid", where + std::string(name), "no such member"};
  }
  return {};
}

/// A text, or nothing where it is absent. `wrong` is told of what is something else.
std::optional<std::string> text_in(const json::object& object, const char* name, std::optional<Refusal>& wrong) {
  const auto* value = object.if_contains(name);
  if (!value) return std::nullopt;
  if (const auto* text = value->if_string()) return std::string(text->data(), text->size());
  wrong = Refusal{"invalid", name, "a text"};
  return std::nullopt;
}

Result<json::object> read_object(std::string_view body) {
  boost::system::error_code error;
  auto value = json::parse(json::string_view(body.data(), body.size()), error);
  if (error || !value.is_object()) return refuse("invalid", "a JSON object is expected");
  return std::move(value.as_object());
}

std::optional<GeoPoint> point_in(const json::object& place) {
  const auto number = [&](const char* name) -> std::optional<double> {
    const auto* value = place.if_contains(name);
    if (!value || !value->is_number()) return std::nullopt;
    return value->to_number<double>();
  };
  const auto longitude = number("longitude"), latitude = number("latitude");
  if (!longitude || !latitude) return std::nullopt;
  const auto point = geo_point(*longitude, *latitude);
  return point ? std::optional(*point) : std::nullopt;
}

}  // namespace

template <class Enum>
std::string label_of(Enum value) {
  const auto text = codec::write_json(codec::type_of<Enum>(), &value, nullptr, "");
  return text.substr(1, text.size() - 2);
}
template <class Enum>
std::optional<Enum> value_of(std::string_view label) {
  Enum value{};
  if (!codec::read_json(codec::type_of<Enum>(), &value, quoted(label), nullptr, "")) return std::nullopt;
  return value;
}
template std::string label_of(dispatch::AlertStatus);
template std::string label_of(dispatch::AlertEnd);
template std::string label_of(incidents::IncidentType);
template std::string label_of(incidents::Priority);
template std::string label_of(incidents::Answer);
template std::string label_of(incidents::Origin);
template std::string label_of(core::TrackStep);
template std::string label_of(clients::Scope);
template std::optional<incidents::IncidentType> value_of(std::string_view);
template std::optional<dispatch::AlertStatus> value_of(std::string_view);

std::string degrees(std::int32_t e7) {
  const auto whole = std::abs(static_cast<std::int64_t>(e7)) / kE7,
             part = std::abs(static_cast<std::int64_t>(e7)) % kE7;
  auto decimals = std::to_string(kE7 + part).substr(1);
  return (e7 < 0 ? "-" : "") + std::to_string(whole) + '.' + decimals;
}

std::string quoted(std::string_view text) {
  return json::serialize(json::value(json::string(text.data(), text.size())));
}

ports::ClientAnswer refused(int status, const std::string& code, const std::string& message, const std::string& field) {
  std::string text = "{\"code\":" + quoted(code) + ",\"message\":" + quoted(message);
  if (!field.empty()) text += ",\"field\":" + quoted(field);
  return {status, text + '}', 0};
}

ports::ClientAnswer refused(const Refusal& refusal) {
  const auto status = [&] {
    if (refusal.code == "not_allowed") return 403;
    if (refusal.code == "unknown") return 404;
    if (refusal.code == "gone") return 410;
    if (refusal.code == "not_forward" || refusal.code == "busy" || refusal.code == "format") return 409;
    if (refusal.code == "outside") return 422;
    if (refusal.code == "too_many") return 429;
    return 400;
  };
  auto answer = refused(status(), refusal.code, refusal.message, refusal.field);
  if (answer.status == 429) answer.retry_after_s = 60;
  return answer;
}

Result<core::OpenReport> read_report(std::string_view body, const std::string& key) {
  const auto object = read_object(body);
  if (!object) return tl::unexpected(object.error());
  if (auto wrong = strangers(*object, {"place", "type", "notes", "reporter", "number"}, ""))
    return tl::unexpected(*wrong);
  const auto* place = object->if_contains("place");
  if (!place || !place->is_object()) return refuse("invalid", "where it is: longitude and latitude", "place");
  const auto& where = place->as_object();
  if (auto wrong = strangers(where, {"longitude", "latitude", "radius_m", "text"}, "place."))
    return tl::unexpected(*wrong);
  const auto point = point_in(where);
  if (!point) return refuse("invalid", "longitude and latitude in degrees", "place");
  core::OpenReport report;
  report.key = key;
  report.point = *point;
  std::optional<Refusal> wrong;
  if (const auto* radius = where.if_contains("radius_m")) {
    if (!radius->is_int64()) return refuse("invalid", "whole metres", "place.radius_m");
    report.radius_m = radius->as_int64();
  }
  report.place = text_in(where, "text", wrong);
  report.notes = text_in(*object, "notes", wrong);
  report.reporter = text_in(*object, "reporter", wrong);
  report.number = text_in(*object, "number", wrong);
  if (const auto type = text_in(*object, "type", wrong)) {
    report.incident_type = value_of<incidents::IncidentType>(*type);
    if (!report.incident_type) return refuse("invalid", "no such type", "type");
  }
  if (wrong) return tl::unexpected(*wrong);
  return report;
}

Result<dispatch::AlertStatus> read_status(std::string_view body) {
  using dispatch::AlertStatus;
  const auto object = read_object(body);
  if (!object) return tl::unexpected(object.error());
  if (auto wrong = strangers(*object, {"status"}, "")) return tl::unexpected(*wrong);
  std::optional<Refusal> wrong;
  const auto text = text_in(*object, "status", wrong);
  const auto status = text ? value_of<AlertStatus>(*text) : std::nullopt;
  if (!status || *status < AlertStatus::acknowledged)
    return refuse("invalid", "acknowledged, en_route, on_scene or done", "status");
  return *status;
}

}  // namespace sigap::runtime
