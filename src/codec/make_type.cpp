#include "codec/make_type.h"

namespace sigap::codec::make {

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

Type enumeration(std::initializer_list<Label> labels, Get get, Set set) {
  Type t{Kind::enumeration, ""};
  for (const auto& label : labels) {
    t.labels.emplace_back(label.text);
    if (t.labels.back().back() == '_') t.labels.back().pop_back();  // operator_ is a keyword only in C++
    t.values.push_back(label.value);
  }
  t.get = get;
  t.set = set;
  return t;
}

Type structure(const char* name, std::initializer_list<Member> members) {
  Type t{Kind::structure, name};
  t.members = members;
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
