// A machine without a processor to spare, made on purpose: a busy loop a processor, before everybody else where we may
// (nice -10 needs the right to), beside everybody else where not. Ends with its owner, or after its time, whichever
// comes first; each loop ends by itself as well.
#pragma once
#include <chrono>
#include <vector>

namespace sigap::drill {

class Starvation {
 public:
  explicit Starvation(std::chrono::seconds at_most);
  ~Starvation();
  Starvation(const Starvation&) = delete;
  Starvation& operator=(const Starvation&) = delete;
  /// Whether the loops go before everybody else.
  bool urgent() const { return urgent_; }
  std::size_t loops() const { return loops_.size(); }

 private:
  std::vector<int> loops_;
  bool urgent_ = false;
};

}  // namespace sigap::drill
