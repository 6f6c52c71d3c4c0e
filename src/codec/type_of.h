// Makes the tables of type.h from descriptions. Heavy: included by few .cpp files.
#pragma once
#include <boost/mp11.hpp>
#include <boost/pfr/tuple_size.hpp>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/code_map.h"
#include "base/id_map.h"
#include "base/personal.h"
#include "base/time.h"
#include "codec/describe.h"
#include "codec/tables.h"

namespace sigap::codec {
namespace make {

/// Integers beyond this do not survive a browser (IEEE 754 binary64).
inline constexpr std::int64_t kIntegerMax = std::int64_t{1} << 53;

template <class T>
T& as(void* p) {
  return *static_cast<T*>(p);
}
template <class T>
const T& as(const void* p) {
  return *static_cast<const T*>(p);
}

template <class T>
Type integer(const char* name, std::int64_t (*get)(const void*), bool (*set)(void*, std::int64_t)) {
  Type t{Kind::integer, name};
  t.get = get;
  t.set = set;
  return t;
}

template <class I>
Type plain_integer() {
  return integer<I>(
      "", [](const void* p) { return static_cast<std::int64_t>(as<I>(p)); },
      [](void* p, std::int64_t v) {
        if (v < std::int64_t{std::numeric_limits<I>::min()} || v > std::int64_t{std::numeric_limits<I>::max()})
          return false;
        as<I>(p) = static_cast<I>(v);
        return true;
      });
}

template <class T, auto Part>
Type wrapped_integer(const char* name) {
  return integer<T>(
      name, [](const void* p) { return as<T>(p).*Part; },
      [](void* p, std::int64_t v) { return as<T>(p).*Part = v, true; });
}

template <class T>
Type wrapped_text(const char* name) {
  Type t{Kind::text, name};
  t.text = [](void* p) { return &as<T>(p).value; };
  return t;
}

template <class E>
Type enumeration() {
  Type t{Kind::enumeration, ""};
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    std::string label = d.name;
    if (label.back() == '_') label.pop_back();  // operator_ is a keyword only in C++
    t.labels.push_back(label);
    t.values.push_back(static_cast<std::int64_t>(d.value));
  });
  t.get = [](const void* p) { return static_cast<std::int64_t>(as<E>(p)); };
  t.set = [](void* p, std::int64_t v) { return as<E>(p) = static_cast<E>(v), true; };
  return t;
}

/// Of a member of an object.
template <class O, class M>
std::size_t offset_in(const O& object, const M& member) {
  return static_cast<std::size_t>(reinterpret_cast<const char*>(&member) - reinterpret_cast<const char*>(&object));
}

template <class S>
Type structure() {
  using Members = boost::describe::describe_members<S, boost::describe::mod_public>;
  static_assert(boost::pfr::tuple_size_v<S> == boost::mp11::mp_size<Members>::value, "a member is not described");
  Type t{Kind::structure, described_name(static_cast<const S*>(nullptr))};
  const S any{};
  boost::mp11::mp_for_each<Members>([&](auto d) {
    using D = decltype(d);
    using M = std::remove_reference_t<decltype(std::declval<S>().*D::pointer)>;
    t.members.push_back({d.name, &type_of<M>, offset_in(any, any.*D::pointer)});
  });
  return t;
}

template <class O, class T>
Type optional(Kind kind, const void* (*held)(const void*), void* (*emplace)(void*), void (*reset)(void*)) {
  Type t{kind, ""};
  t.inner = &type_of<T>;
  t.held = held;
  t.emplace = emplace;
  t.reset = reset;
  return t;
}

template <class L, class T>
Type list(bool (*insert)(L&, T&&)) {
  static bool (*into)(L&, T &&) = insert;
  Type t{Kind::list, ""};
  t.inner = &type_of<T>;
  t.each = [](const void* p, const std::function<void(const void*)>& f) {
    for (const auto& item : as<L>(p)) f(&item);
  };
  t.append = [](void* p, const std::function<bool(void*)>& read) {
    T item{};
    return read(&item) && into(as<L>(p), std::move(item));
  };
  return t;
}

template <class A, class B>
Type pair() {
  const std::pair<A, B> any{};
  Type t{Kind::pair, ""};
  t.members = {{"0", &type_of<A>, offset_in(any, any.first)}, {"1", &type_of<B>, offset_in(any, any.second)}};
  return t;
}

template <class... A>
Type variant() {
  using V = std::variant<A...>;
  Type t{Kind::variant, ""};
  t.alternatives = {&type_of<A>...};
  t.index = [](const void* p) { return as<V>(p).index(); };
  t.active = [](const void* p) { return std::visit([](const auto& a) -> const void* { return &a; }, as<V>(p)); };
  t.choose = [](void* p, std::size_t i) -> void* {
    static constexpr void* (*choose[])(V&) = {[](V& v) -> void* { return &v.template emplace<A>(); }...};
    return choose[i](as<V>(p));
  };
  return t;
}

template <class T>
struct Maker {
  static Type make() {
    if constexpr (std::is_enum_v<T>)
      return enumeration<T>();
    else if constexpr (std::is_integral_v<T>)
      return plain_integer<T>();
    else
      return structure<T>();
  }
};

template <>
struct Maker<bool> {
  static Type make() {
    Type t{Kind::boolean, ""};
    t.get = [](const void* p) { return std::int64_t{as<bool>(p)}; };
    t.set = [](void* p, std::int64_t v) { return as<bool>(p) = v != 0, true; };
    return t;
  }
};
template <>
struct Maker<std::string> {
  static Type make() {
    Type t{Kind::text, ""};
    t.text = [](void* p) { return &as<std::string>(p); };
    return t;
  }
};
template <>
struct Maker<Instant> {
  static Type make() { return wrapped_integer<Instant, &Instant::ms>("Instant"); }
};
template <>
struct Maker<Duration> {
  static Type make() { return wrapped_integer<Duration, &Duration::ms>("Duration"); }
};
template <>
struct Maker<Subject> {
  static Type make() { return wrapped_text<Subject>(""); }
};

#define SIGAP_ID(Name)                                                        \
  template <>                                                                 \
  struct Maker<Name> {                                                        \
    static Type make() { return wrapped_integer<Name, &Name::value>(#Name); } \
  };
#define SIGAP_CODE(Name)                                     \
  template <>                                                \
  struct Maker<Name> {                                       \
    static Type make() { return wrapped_text<Name>(#Name); } \
  };
SIGAP_ID(CallId)
SIGAP_ID(OfferId)
SIGAP_ID(IncidentId)
SIGAP_ID(AlertId)
SIGAP_ID(TaskId)
SIGAP_ID(PersonId)
SIGAP_ID(SessionId)
SIGAP_ID(MessageId) SIGAP_ID(EffectId) SIGAP_ID(ShiftId) SIGAP_ID(CallerRef) SIGAP_CODE(StationCode)
    SIGAP_CODE(RegencyCode) SIGAP_CODE(TrunkName) SIGAP_CODE(LegId)
#undef SIGAP_ID
#undef SIGAP_CODE

        template <class T>
        struct Maker<std::optional<T>> {
  using O = std::optional<T>;
  static Type make() {
    return optional<O, T>(
        Kind::optional, [](const void* p) -> const void* { return as<O>(p) ? &*as<O>(p) : nullptr; },
        [](void* p) -> void* { return &as<O>(p).emplace(); }, [](void* p) { as<O>(p).reset(); });
  }
};
template <class T>
struct Maker<Personal<T>> {
  using O = Personal<T>;
  static Type make() {
    Type t = optional<O, T>(
        Kind::personal, [](const void* p) -> const void* { return as<O>(p).reveal(); },
        [](void* p) -> void* { return &as<O>(p).value.emplace(); }, [](void* p) { as<O>(p).value.reset(); });
    t.subject = [](void* p) { return &as<O>(p).subject.value; };
    return t;
  }
};
template <class T>
struct Maker<std::vector<T>> {
  static Type make() {
    return list<std::vector<T>, T>([](std::vector<T>& l, T&& v) { return l.push_back(std::move(v)), true; });
  }
};
template <class T>
struct Maker<std::set<T>> {
  static Type make() {
    return list<std::set<T>, T>([](std::set<T>& l, T&& v) { return l.insert(std::move(v)).second; });
  }
};
template <class K, class V>
struct Maker<IdMap<K, V>> {
  static Type make() {
    return list<IdMap<K, V>, std::pair<K, V>>([](IdMap<K, V>& l, std::pair<K, V>&& v) {
      return l.fits(v.first) && l.emplace(v.first, std::move(v.second)).second;
    });
  }
};
template <class K, class V>
struct Maker<CodeMap<K, V>> {
  static Type make() {
    return list<CodeMap<K, V>, std::pair<K, V>>(
        [](CodeMap<K, V>& l, std::pair<K, V>&& v) { return l.emplace(v.first, std::move(v.second)).second; });
  }
};
template <class K, class V>
struct Maker<std::map<K, V>> {
  static Type make() {
    return list<std::map<K, V>, std::pair<K, V>>(
        [](std::map<K, V>& l, std::pair<K, V>&& v) { return l.insert(std::move(v)).second; });
  }
};
template <class A, class B>
struct Maker<std::pair<A, B>> {
  static Type make() { return pair<A, B>(); }
};
template <class... A>
struct Maker<std::variant<A...>> {
  static Type make() { return variant<A...>(); }
};

}  // namespace make

template <class T>
const Type& type_of() {
  static const Type type = make::Maker<T>::make();
  return type;
}

}  // namespace sigap::codec
