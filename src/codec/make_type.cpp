#include "codec/make_type.h"

#include <string_view>

namespace sigap::codec::make {
namespace {

std::int64_t since_of(std::string_view part, const std::vector<Since>& since) {
  for (const auto& its : since)
    for (const std::string_view named : its.parts)
      if (named == part) return its.format;
  return 1;
}

}  // namespace

Type integer(const char* name, Get get, Set set) {
  Type t{Kind::integer, name};
  t.get = get;
  t.set = set;
  return t;
}

Type boolean(Get get, Set set) {
  Type t{Kind::boolean, ""};
  t.get = get;
  t.set = set;
  return t;
}

Type text(const char* name, std::string* (*text)(void*)) {
  Type t{Kind::text, name};
  t.text = text;
  return t;
}

Type enumeration(const char* name, std::initializer_list<Label> labels, const std::vector<Since>& since, Get get,
                 Set set) {
  Type t{Kind::enumeration, name};
  for (const auto& label : labels) {
    t.label_since.push_back(since_of(label.text, since));
    t.labels.emplace_back(label.text);
    if (t.labels.back().back() == '_') t.labels.back().pop_back();  // operator_ is a keyword only in C++
    t.values.push_back(label.value);
  }
  t.get = get;
  t.set = set;
  return t;
}

Type structure(const char* name, std::initializer_list<Member> members, const std::vector<Since>& since) {
  Type t{Kind::structure, name};
  t.members = members;
  for (auto& member : t.members) member.since = since_of(member.name, since);
  for (const auto& its : since)
    if (its.parts.size() == 0) t.since = its.format;
  return t;
}

Type optional(TypeRef inner, Held held, Emplace emplace, Reset reset) {
  Type t{Kind::optional, ""};
  t.inner = inner;
  t.held = held;
  t.emplace = emplace;
  t.reset = reset;
  return t;
}

Type personal(TypeRef inner, Held held, Emplace emplace, Reset reset, std::string* (*subject)(void*)) {
  Type t = optional(inner, held, emplace, reset);
  t.kind = Kind::personal;
  t.subject = subject;
  return t;
}

Type list(TypeRef inner, Each each, Append append) {
  Type t{Kind::list, ""};
  t.inner = inner;
  t.each = each;
  t.append = append;
  return t;
}

Type pair(const Member& first, const Member& second) {
  Type t{Kind::pair, ""};
  t.members = {first, second};
  return t;
}

Type variant(std::initializer_list<TypeRef> alternatives, Index index, Held active, Choose choose) {
  Type t{Kind::variant, ""};
  t.alternatives = alternatives;
  t.index = index;
  t.active = active;
  t.choose = choose;
  return t;
}

}  // namespace sigap::codec::make
