// Puts a table (type.h) together out of a type's functions. Compiled once for all types.
#pragma once
#include <initializer_list>
#include <vector>

#include "codec/describe.h"
#include "codec/type.h"

namespace sigap::codec::make {

using Get = decltype(Type::get);
using Set = decltype(Type::set);
using Held = decltype(Type::held);
using Emplace = decltype(Type::emplace);
using Reset = decltype(Type::reset);
using Each = decltype(Type::each);
using Append = decltype(Type::append);
using Index = decltype(Type::index);
using Choose = decltype(Type::choose);

/// Members or values that came with a format of the journal; of none named, the whole.
struct Since {
  std::int64_t format;
  std::initializer_list<const char*> parts;
};

Type integer(const char* name, Get get, Set set);
Type boolean(Get get, Set set);
Type text(const char* name, std::string* (*text)(void*));
Type enumeration(const char* name, std::initializer_list<Label> labels, const std::vector<Since>& since, Get get,
                 Set set);
Type structure(const char* name, std::initializer_list<Member> members, const std::vector<Since>& since);
Type optional(TypeRef inner, Held held, Emplace emplace, Reset reset);
Type personal(TypeRef inner, Held held, Emplace emplace, Reset reset, std::string* (*subject)(void*));
Type list(TypeRef inner, Each each, Append append);
Type pair(const Member& first, const Member& second);
Type variant(std::initializer_list<TypeRef> alternatives, Index index, Held active, Choose choose);

}  // namespace sigap::codec::make
