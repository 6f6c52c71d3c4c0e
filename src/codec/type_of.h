// Makes the tables of type.h from descriptions. Heavy: included by few .cpp files.
#pragma once
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/closed_variant.h"
#include "base/code_map.h"
#include "base/id_map.h"
#include "base/personal.h"
#include "base/time.h"
#include "codec/describe.h"
#include "codec/make_type.h"
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

template <class I>
Type plain_integer() {
  return integer(
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
  return integer(
      name, [](const void* p) { return as<T>(p).*Part; },
      [](void* p, std::int64_t v) { return as<T>(p).*Part = v, true; });
}

template <class T>
Type wrapped_text(const char* name) {
  return text(name, [](void* p) { return &as<T>(p).value; });
}

/// What SIGAP_SINCE says of a structure or enumeration, by format.
template <class T, int N = 2>
std::vector<Since> since(std::vector<Since> known = {}) {
  if constexpr (N > kFormatMax) {
    return known;
  } else {
    if constexpr (requires(const T* t) { described_since(t, Format<N>{}); })
      known.push_back({N, described_since(static_cast<const T*>(nullptr), Format<N>{})});
    return since<T, N + 1>(std::move(known));
  }
}

template <class E>
Type enumeration() {
  constexpr const E* kNone = nullptr;
  return enumeration(
      described_name(kNone), described_labels(kNone), since<E>(),
      [](const void* p) { return static_cast<std::int64_t>(as<E>(p)); },
      [](void* p, std::int64_t v) { return as<E>(p) = static_cast<E>(v), true; });
}

template <class S>
Type structure() {
  constexpr const S* kNone = nullptr;
  return structure(described_name(kNone), described_members(kNone), since<S>());
}

template <class L, class T>
Type list(bool (*insert)(L&, T&&)) {
  static bool (*into)(L&, T &&) = insert;
  return list(
      &type_of<T>,
      [](const void* p, const std::function<void(const void*)>& f) {
        for (const auto& item : as<L>(p)) f(&item);
      },
      [](void* p, const std::function<bool(void*)>& read) {
        T item{};
        return read(&item) && into(as<L>(p), std::move(item));
      });
}

template <class A, class B>
Type pair() {
  using P = std::pair<A, B>;
  return pair({"0", &type_of<A>, offsetof(P, first)}, {"1", &type_of<B>, offsetof(P, second)});
}

/// `V`: made of `A`s, a std::variant or a closed one.
template <class V, class... A>
Type variant(void* (*choose)(void*, std::size_t)) {
  return variant(
      {&type_of<A>...}, [](const void* p) { return as<V>(p).index(); },
      [](const void* p) -> const void* {
        static constexpr const void* (*kActive[])(const V&) = {
            [](const V& v) -> const void* { return std::get_if<A>(&v); }...};
        return kActive[as<V>(p).index()](as<V>(p));
      },
      choose);
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
    return boolean([](const void* p) { return std::int64_t{as<bool>(p)}; },
                   [](void* p, std::int64_t v) { return as<bool>(p) = v != 0, true; });
  }
};
template <>
struct Maker<std::string> {
  static Type make() {
    return text("", [](void* p) { return &as<std::string>(p); });
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
// clang-format off: it takes the list for one declaration.
SIGAP_ID(CallId)
SIGAP_ID(OfferId)
SIGAP_ID(IncidentId)
SIGAP_ID(AlertId)
SIGAP_ID(TaskId)
SIGAP_ID(PersonId)
SIGAP_ID(SessionId)
SIGAP_ID(MessageId)
SIGAP_ID(EffectId)
SIGAP_ID(ShiftId)
SIGAP_ID(ReviewId)
SIGAP_ID(ApprovalId)
SIGAP_ID(SignInRefusalId)
SIGAP_ID(RecordingId)
SIGAP_ID(ClientId)
SIGAP_ID(CaseId)
SIGAP_ID(CallerRef)
SIGAP_CODE(StationCode)
SIGAP_CODE(RegencyCode)
SIGAP_CODE(TrunkName)
SIGAP_CODE(LegId)
// clang-format on
#undef SIGAP_ID
#undef SIGAP_CODE

template <class T>
struct Maker<std::optional<T>> {
  using O = std::optional<T>;
  static Type make() {
    return optional(
        &type_of<T>, [](const void* p) -> const void* { return as<O>(p) ? &*as<O>(p) : nullptr; },
        [](void* p) -> void* { return &as<O>(p).emplace(); }, [](void* p) { as<O>(p).reset(); });
  }
};
template <class T>
struct Maker<Personal<T>> {
  using O = Personal<T>;
  static Type make() {
    return personal(
        &type_of<T>, [](const void* p) -> const void* { return as<O>(p).reveal(); },
        [](void* p) -> void* { return &as<O>(p).value.emplace(); }, [](void* p) { as<O>(p).value.reset(); },
        [](void* p) { return &as<O>(p).subject.value; });
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
struct Maker<ClosedVariant<std::variant<A...>>> {
  using V = ClosedVariant<std::variant<A...>>;
  static Type make() {
    return variant<V, A...>([](void* p, std::size_t i) { return as<V>(p).choose(i); });
  }
};

}  // namespace make

template <class T>
const Type& type_of() {
  static const Type type = make::Maker<T>::make();
  return type;
}

}  // namespace sigap::codec
