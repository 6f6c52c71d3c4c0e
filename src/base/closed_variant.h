// A std::variant of many alternatives that is copied, moved, filled and destroyed by functions compiled once. Of a
// plain one each file that holds a value compiles them anew for every alternative: with a hundred events that is ten
// seconds of a core and 400 MB a file. std::visit, get, get_if and holds_alternative take it as the variant that it is.
// Where it is compiled: one .cpp file includes closed_variant_made.h and says `template class ClosedVariant<...>;`
#pragma once
#include <cstddef>
#include <type_traits>
#include <utility>
#include <variant>

namespace sigap {

/// `V`: a std::variant.
template <class V>
class ClosedVariant : public V {
 public:
  using Variant = V;
  template <class T>
  static constexpr std::size_t kIndex = []<class... A>(const std::variant<A...>*) {
    std::size_t index = 0;
    (void)((std::is_same_v<T, A> || (++index, false)) || ...);
    return index;
  }(static_cast<const V*>(nullptr));
  template <class T>
  static constexpr bool kHolds = kIndex<T> < std::variant_size_v<V>;

  ClosedVariant();
  ClosedVariant(const ClosedVariant& other);
  ClosedVariant(ClosedVariant&& other) noexcept;
  ClosedVariant& operator=(const ClosedVariant& other);
  ClosedVariant& operator=(ClosedVariant&& other) noexcept;
  ~ClosedVariant();

  template <class T>
  requires kHolds<T> ClosedVariant(T value) : ClosedVariant() { emplace(std::move(value)); }
  template <class T>
  requires kHolds<T> ClosedVariant& operator=(T value) {
    emplace(std::move(value));
    return *this;
  }
  template <class T>
  requires kHolds<T> T& emplace(T value = {}) { return *static_cast<T*>(take(kIndex<T>, &value)); }
  /// The alternative of that number, as it is made by default. The pointer is to it.
  void* choose(std::size_t index);

 private:
  /// `value` is moved from: an object of the alternative of that number.
  void* take(std::size_t index, void* value);
};

}  // namespace sigap
