#include "evidence/concerns.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/personal.h"

namespace sigap::evidence {
namespace {

namespace json = boost::json;

/// What a line of a journal may name, so that one which names nothing of ours is passed over unread.
constexpr std::string_view kNames[] = {
    "\"call\":", "\"calls\":[", "\"incident\":", "\"into\":", "\"from\":", "\"recording\":", "\"task\":", "\"offer\":"};

std::int64_t number(const json::object& o, std::string_view name) {
  const auto* value = o.if_contains(name);
  return value && value->is_int64() ? value->as_int64() : 0;
}

bool lists(const json::object& o, std::string_view name, std::int64_t id) {
  const auto* value = o.if_contains(name);
  return value && value->is_array() && std::ranges::any_of(value->as_array(), [&](const json::value& one) {
           return one.is_int64() && one.as_int64() == id;
         });
}

}  // namespace

bool Concerns::line(std::string_view body) {
  if (std::ranges::none_of(kNames, [&](std::string_view name) { return body.find(name) != std::string_view::npos; }))
    return false;
  boost::system::error_code wrong;
  const auto parsed = json::parse(body, wrong);
  if (wrong || !parsed.is_object()) return false;
  const auto* inside = parsed.as_object().if_contains("body");
  if (!inside || !inside->is_object()) return false;
  const auto& b = inside->as_object();
  if (const auto call = number(b, "call")) {
    if (call != call_) return false;
    const auto note = [&](std::set<std::int64_t>& ids, std::string_view name) {
      if (const auto id = number(b, name)) ids.insert(id);
    };
    note(incidents_, "incident");
    note(tasks_, "task");
    note(offers_, "offer");
    note(recordings_, "recording");
    return true;
  }
  if (lists(b, "calls", call_)) return true;
  for (const auto* of : {"records", "found"})
    if (const auto* records = b.if_contains(of); records && records->is_object())
      if (lists(records->as_object(), "calls", call_)) return true;
  return incidents_.contains(number(b, "incident")) || incidents_.contains(number(b, "into")) ||
         incidents_.contains(number(b, "from")) || tasks_.contains(number(b, "task")) ||
         offers_.contains(number(b, "offer")) || recordings_.contains(number(b, "recording"));
}

std::vector<std::string> Concerns::subjects() const {
  std::vector<std::string> all = {subject_of(CallId{call_}).value};
  for (const auto id : incidents_) all.push_back(subject_of(IncidentId{id}).value);
  for (const auto id : tasks_) all.push_back(subject_of(TaskId{id}).value);
  return all;
}

}  // namespace sigap::evidence
