#include "codec/fit.h"

#include <algorithm>
#include <set>

#include "codec/tables.h"

namespace sigap::codec {
namespace {

/// The tables give what is held for reading; whoever owns the object may change it.
void* to_change(const void* held) {
  return const_cast<void*>(held);
}

bool label_fits(const Type& type, std::int64_t value, std::int64_t format) {
  for (std::size_t i = 0; i < type.values.size(); ++i)
    if (type.values[i] == value) return type.label_since[i] <= format;
  return true;
}

bool members_fit(const Type& type, void* object, std::int64_t format) {
  for (const Member& m : type.members) {
    const Type& its = m.type();
    if (m.since <= format && fit(its, m.at(object), format)) continue;
    if (its.kind != Kind::optional) return false;
    its.reset(m.at(object));
  }
  return true;
}

std::int64_t newest(const Type& type, std::set<const Type*>& seen) {
  if (!seen.insert(&type).second) return 1;
  auto found = type.since;
  const auto look = [&](std::int64_t other) { found = std::max(found, other); };
  for (const auto since : type.label_since) look(since);
  for (const Member& m : type.members) {
    look(m.since);
    look(newest(m.type(), seen));
  }
  if (type.inner) look(newest(type.inner(), seen));
  for (const TypeRef alternative : type.alternatives) look(newest(alternative(), seen));
  return found;
}

}  // namespace

bool fit(const Type& type, void* object, std::int64_t format) {
  if (type.since > format) return false;
  switch (type.kind) {
    case Kind::integer:
    case Kind::boolean:
    case Kind::text:
      return true;
    case Kind::enumeration:
      return label_fits(type, type.get(object), format);
    case Kind::structure:
    case Kind::pair:
      return members_fit(type, object, format);
    case Kind::optional:
    case Kind::personal: {
      const void* held = type.held(object);
      return !held || fit(type.inner(), to_change(held), format);
    }
    case Kind::list: {
      bool all = true;
      type.each(object, [&](const void* item) { all = all && fit(type.inner(), to_change(item), format); });
      return all;
    }
    case Kind::variant:
      return fit(type.alternatives[type.index(object)](), to_change(type.active(object)), format);
  }
  return true;
}

bool fit(core::Event& event, std::int64_t format) {
  return format >= core::kFormat || fit(type_of<core::Event>(), &event, format);
}

std::int64_t newest_format(const Type& type) {
  std::set<const Type*> seen;
  return newest(type, seen);
}

}  // namespace sigap::codec
