// A refusal is a value: what was refused, which field was to blame, and a sentence for a person.
// Bugs are not refusals: they crash (check.h).
#pragma once
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace sigap {

struct Refusal {
  std::string code;     ///< stable, for programs: "taken", "not_allowed", "invalid", ...
  std::string field;    ///< path of the field to blame, or empty
  std::string message;  ///< for a person, in English; never personal data
};

/// tl::expected that must not be ignored.
template <class T>
struct [[nodiscard]] Result : tl::expected<T, Refusal> {
  using tl::expected<T, Refusal>::expected;
};

inline tl::unexpected<Refusal> refuse(std::string code, std::string message, std::string field = {}) {
  return tl::unexpected<Refusal>(Refusal{std::move(code), std::move(field), std::move(message)});
}

}  // namespace sigap
