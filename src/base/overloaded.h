// A visitor made of lambdas, for std::visit.
#pragma once

namespace sigap {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

}  // namespace sigap
