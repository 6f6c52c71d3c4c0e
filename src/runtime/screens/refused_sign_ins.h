// Refused sign-ins on their way to the journal: the first of a person and address is told at once, what follows within
// the minute as one sum at its end, so that a guesser cannot fill the journal.
// Invariants: at most kApart sums a minute, and one of all others, which names no address; nothing is counted twice.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/input.h"

namespace sigap::runtime {

class RefusedSignIns {
 public:
  /// What is to be told at once. `person`: 0: nobody has that login.
  std::optional<core::SignInFailed> refused(PersonId person, const std::string& address, Instant now) {
    auto it = sums_.find({person, address});
    if (it == sums_.end() && sums_.size() >= kApart) {
      if (others_ == 0) others_since_ = now;
      ++others_;
      return std::nullopt;
    }
    if (it != sums_.end()) return ++it->second.more, std::nullopt;
    sums_[{person, address}] = {now, 0};
    return core::SignInFailed{person, address, 1};
  }

  /// The sums of minutes that are over.
  std::vector<core::SignInFailed> due(Instant now) {
    std::vector<core::SignInFailed> told;
    for (auto it = sums_.begin(); it != sums_.end();) {
      auto& [who, sum] = *it;
      if (now - sum.since < kSummed) {
        ++it;
        continue;
      }
      if (sum.more > 0) told.push_back({who.first, who.second, sum.more});
      // Whoever goes on is summed on.
      it = sum.more > 0 ? (sum = {now, 0}, std::next(it)) : sums_.erase(it);
    }
    if (others_ > 0 && now - others_since_ >= kSummed) told.push_back({{}, {}, std::exchange(others_, 0)});
    return told;
  }

  static constexpr Duration kSummed = minutes(1);
  static constexpr std::size_t kApart = 100;  // 25 kB of journal a minute at most; own

 private:
  struct Sum {
    Instant since;
    std::int64_t more = 0;
  };
  std::map<std::pair<PersonId, std::string>, Sum> sums_;
  std::int64_t others_ = 0;
  Instant others_since_;
};

}  // namespace sigap::runtime
