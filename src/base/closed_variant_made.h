// What closed_variant.h leaves to one file. Heavy: included there alone. Of a variant's own functions only emplace and
// the destructor are used: its copying and moving are several times as dear to compile.
#pragma once
#include "base/closed_variant.h"

namespace sigap {
namespace closed {

/// Puts the alternative of that number in: made by default, moved from an object of it, or copied.
template <class... A>
void* choose(std::variant<A...>& variant, std::size_t index) {
  using V = std::variant<A...>;
  static constexpr void* (*kChoose[])(V&) = {[](V& v) -> void* { return &v.template emplace<A>(); }...};
  return kChoose[index](variant);
}
template <class... A>
void* take(std::variant<A...>& variant, std::size_t index, void* from) {
  using V = std::variant<A...>;
  static constexpr void* (*kTake[])(
      V&, void*) = {[](V& v, void* a) -> void* { return &v.template emplace<A>(std::move(*static_cast<A*>(a))); }...};
  return kTake[index](variant, from);
}
template <class... A>
void copy(std::variant<A...>& variant, const std::variant<A...>& from) {
  using V = std::variant<A...>;
  static constexpr void (*kCopy[])(
      V&, const V&) = {[](V& v, const V& a) -> void { v.template emplace<A>(*std::get_if<A>(&a)); }...};
  kCopy[from.index()](variant, from);
}
template <class... A>
void move(std::variant<A...>& variant, std::variant<A...>& from) {
  static constexpr void* (*kHeld[])(std::variant<A...>&) = {
      [](std::variant<A...>& v) -> void* { return std::get_if<A>(&v); }...};
  take(variant, from.index(), kHeld[from.index()](from));
}

}  // namespace closed

template <class V>
ClosedVariant<V>::ClosedVariant() = default;
template <class V>
ClosedVariant<V>::~ClosedVariant() = default;

template <class V>
ClosedVariant<V>::ClosedVariant(const ClosedVariant& other) : V() {
  closed::copy(*this, other);
}
template <class V>
ClosedVariant<V>::ClosedVariant(ClosedVariant&& other) noexcept : V() {
  closed::move(*this, other);
}
template <class V>
ClosedVariant<V>& ClosedVariant<V>::operator=(const ClosedVariant& other) {
  if (this != &other) *this = ClosedVariant(other);
  return *this;
}
template <class V>
ClosedVariant<V>& ClosedVariant<V>::operator=(ClosedVariant&& other) noexcept {
  if (this != &other) closed::move(*this, other);
  return *this;
}
template <class V>
void* ClosedVariant<V>::choose(std::size_t index) {
  return closed::choose(*this, index);
}
template <class V>
void* ClosedVariant<V>::take(std::size_t index, void* value) {
  return closed::take(*this, index, value);
}

}  // namespace sigap
