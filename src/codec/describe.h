// How a struct or enumeration is described: its name and its members, in the order they are written.
// The descriptions are the only schema of journal, protocol and checkpoint. A member that is left out, or one too many,
// does not compile: the members are bound by their names to all that the struct has.
#pragma once
#include <cstddef>
#include <initializer_list>

#include "codec/type.h"

namespace sigap::codec {

/// Of an enumeration.
struct Label {
  const char* text;
  std::int64_t value;
};

}  // namespace sigap::codec

// g++ lays out what has a std::map in it as everything else; the standard promises nothing of offsets in such a struct.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

// clang-format off
#define SIGAP_STRUCT(Name, ...)                                                                                  \
  constexpr const char* described_name(const Name*) { return #Name; }                                            \
  inline std::initializer_list<::sigap::codec::Member> described_members(const Name*) {                          \
    static constexpr std::initializer_list<::sigap::codec::Member> kAll = {SIGAP_EACH(SIGAP_MEMBER, Name, __VA_ARGS__)}; \
    return kAll;                                                                                                 \
  }                                                                                                              \
  inline void described_whole([[maybe_unused]] const Name& whole) {                                              \
    __VA_OPT__([[maybe_unused]] const auto& [__VA_ARGS__] = whole;)                                              \
  }
#define SIGAP_ENUM(Name, ...)                                                                                    \
  inline std::initializer_list<::sigap::codec::Label> described_labels(const Name*) {                            \
    static constexpr std::initializer_list<::sigap::codec::Label> kAll = {SIGAP_EACH(SIGAP_LABEL, Name, __VA_ARGS__)}; \
    return kAll;                                                                                                 \
  }
#define SIGAP_MEMBER(Name, member) {#member, &::sigap::codec::type_of<decltype(Name::member)>, offsetof(Name, member)},
#define SIGAP_LABEL(Name, label) {#label, static_cast<std::int64_t>(Name::label)},

// SIGAP_EACH(F, Name, a, b, c): F(Name, a) F(Name, b) F(Name, c), for up to 85 of them.
#define SIGAP_EACH(F, Name, ...) __VA_OPT__(SIGAP_SCAN_85(SIGAP_EACH_STEP(F, Name, __VA_ARGS__)))
#define SIGAP_EACH_STEP(F, Name, first, ...) F(Name, first) __VA_OPT__(SIGAP_EACH_AGAIN SIGAP_NOTHING (F, Name, __VA_ARGS__))
#define SIGAP_EACH_AGAIN() SIGAP_EACH_STEP
#define SIGAP_NOTHING ()
#define SIGAP_SCAN_85(...) SIGAP_SCAN_21(SIGAP_SCAN_21(SIGAP_SCAN_21(SIGAP_SCAN_21(__VA_ARGS__))))
#define SIGAP_SCAN_21(...) SIGAP_SCAN_5(SIGAP_SCAN_5(SIGAP_SCAN_5(SIGAP_SCAN_5(__VA_ARGS__))))
#define SIGAP_SCAN_5(...) SIGAP_SCAN(SIGAP_SCAN(SIGAP_SCAN(SIGAP_SCAN(__VA_ARGS__))))
#define SIGAP_SCAN(...) __VA_ARGS__
// clang-format on
