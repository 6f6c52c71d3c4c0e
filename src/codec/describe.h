// How a struct or enumeration is described: its name and its members, in the order they are written.
// The descriptions are the only schema of journal, protocol and checkpoint. A member that is left out, or one too many,
// does not compile: the members are bound by their names to all that the struct has. Nor does an enumeration with a
// value left out: a switch names all of them.
// What a journal of format 1 cannot say has a SIGAP_SINCE beside its description (docs/formats/journal.md):
//   SIGAP_SINCE(2, Name)             an event, or a struct inside of one, that is new in format 2
//   SIGAP_SINCE(2, Name, a, b)       members (optional ones) or values that are
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

/// Of the journal: tells the lists of SIGAP_SINCE apart.
template <int Number>
struct Format {};
/// Beyond any that there is soon; each is looked for once for each type. Own.
inline constexpr int kFormatMax = 16;

}  // namespace sigap::codec

// g++ lays out what has a std::map in it as everything else; the standard promises nothing of offsets in such a struct.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
#pragma GCC diagnostic error "-Wswitch"

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
  constexpr const char* described_name(const Name*) { return #Name; }                                            \
  inline std::initializer_list<::sigap::codec::Label> described_labels(const Name*) {                            \
    static constexpr std::initializer_list<::sigap::codec::Label> kAll = {SIGAP_EACH(SIGAP_LABEL, Name, __VA_ARGS__)}; \
    return kAll;                                                                                                 \
  }                                                                                                              \
  inline void described_whole(Name value) {                                                                      \
    switch (value) { SIGAP_EACH(SIGAP_CASE, Name, __VA_ARGS__) break; }                                          \
  }
#define SIGAP_SINCE(number, Name, ...)                                                                           \
  inline std::initializer_list<const char*> described_since(const Name*, ::sigap::codec::Format<number>) {       \
    static_assert(number > 1 && number <= ::sigap::codec::kFormatMax);                                           \
    static constexpr std::initializer_list<const char*> kAll = {SIGAP_EACH(SIGAP_NAME, Name, __VA_ARGS__)};      \
    return kAll;                                                                                                 \
  }
#define SIGAP_MEMBER(Name, member) {#member, &::sigap::codec::type_of<decltype(Name::member)>, offsetof(Name, member)},
#define SIGAP_LABEL(Name, label) {#label, static_cast<std::int64_t>(Name::label)},
#define SIGAP_CASE(Name, label) case Name::label:
#define SIGAP_NAME(Name, part) (static_cast<void>(sizeof(Name::part)), #part),

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
