// A visitor made of lambdas, for std::visit.
#pragma once
#include <array>
#include <type_traits>
#include <variant>

namespace sigap {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

/// One of these types. A visitor whose lines name all alternatives, some of them together, does not compile when one is
/// added and named nowhere: `[](const OneOf<A, B> auto&) { ... }`.
template <class T, class... Named>
concept OneOf = (std::is_same_v<T, Named> || ...);

/// As std::visit, for a visitor that takes some of the alternatives: of the others it hears nothing. An event has many
/// who look at it and few whom it concerns; those need not be called to find that out.
template <class Visitor, class... A>
void visit_some(const Visitor& visitor, const std::variant<A...>& variant) {
  static constexpr std::array<bool, sizeof...(A)> kTaken{std::is_invocable_v<const Visitor&, const A&>...};
  if (!kTaken[variant.index()]) return;
  std::visit(
      [&](const auto& value) {
        if constexpr (std::is_invocable_v<const Visitor&, decltype(value)>) visitor(value);
      },
      variant);
}

}  // namespace sigap
