// Tables that say what a C++ type is made of, so that reading, writing, hashing and printing TypeScript are ordinary
// functions over data instead of templates over types.
// Invariant: a table never changes and is made at first use; `void*` arguments point to an object of that very type.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace sigap::codec {

enum class Kind { integer, boolean, text, enumeration, structure, optional, list, pair, variant, personal };

struct Type;
using TypeRef = const Type& (*)();  ///< late, so that types may contain themselves

template <class T>
const Type& type_of();

struct Member {
  const char* name;
  TypeRef type;
  std::size_t offset;      ///< in the object, in bytes
  std::int64_t since = 1;  ///< which format of the journal
  void* at(void* object) const { return static_cast<char*>(object) + offset; }
};

struct Type {
  Kind kind;
  std::string name;        ///< of a structure or enumeration, or of the strong type behind a number or text ("CallId")
  std::int64_t since = 1;  ///< which format of the journal: a structure

  // integer, boolean, enumeration
  std::int64_t (*get)(const void*) = nullptr;
  bool (*set)(void*, std::int64_t) = nullptr;  ///< false: out of range
  std::vector<std::string> labels = {};        ///< enumeration: as written; `values` beside it
  std::vector<std::int64_t> values = {};
  std::vector<std::int64_t> label_since = {};  ///< enumeration: which format of the journal

  // text
  std::string* (*text)(void*) = nullptr;

  std::vector<Member> members = {};  ///< structure, pair

  // optional, personal, list
  TypeRef inner = nullptr;
  const void* (*held)(const void*) = nullptr;  ///< optional, personal: null when empty
  void* (*emplace)(void*) = nullptr;           ///< optional, personal
  void (*reset)(void*) = nullptr;              ///< optional, personal
  std::string* (*subject)(void*) = nullptr;    ///< personal
  void (*each)(const void*, const std::function<void(const void*)>&) = nullptr;  ///< list
  bool (*append)(void*,
                 const std::function<bool(void*)>&) = nullptr;  ///< list; false: read failed or twice the same key

  // variant
  std::vector<TypeRef> alternatives = {};
  std::size_t (*index)(const void*) = nullptr;
  const void* (*active)(const void*) = nullptr;
  void* (*choose)(void*, std::size_t) = nullptr;
};

}  // namespace sigap::codec
