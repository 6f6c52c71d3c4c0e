// Second steps of sign-ins that were begun: by a right password, or by a page that asks for a passkey alone.
// Invariants: a ticket is good for kLasts and kTries; a challenge is answered once; of one person or address there are
// at most so many, and its newest takes the place of its own oldest, nobody else's. Nothing of it outlives the process:
// whoever was between the steps gives the password again. Sources: WebAuthn Level 2 13.4.3 (challenges), OWASP ASVS 4.0
// 2.2.1, 2.8.
#pragma once
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"

namespace sigap::runtime {

class SecondSteps {
 public:
  struct Step {
    PersonId person;  ///< 0: a passkey says who it is
    std::string challenge;
    Instant until;
    int tries = 0;
  };

  explicit SecondSteps(std::size_t of_one) : of_one_(of_one) {}

  /// `of`: the person or address that the number counts for.
  void open(const std::string& ticket, const std::string& of, PersonId person, std::string challenge, Instant now) {
    std::erase_if(steps_, [&](const auto& each) { return each.second.step.until < now; });
    std::vector<decltype(steps_)::iterator> theirs;
    for (auto it = steps_.begin(); it != steps_.end(); ++it)
      if (it->second.of == of) theirs.push_back(it);
    if (theirs.size() >= of_one_ || steps_.size() >= kMost) {
      const auto until = [](const auto& it) { return it->second.step.until; };
      if (theirs.empty()) return;  // full, of others: nobody is pushed out by a stranger
      steps_.erase(*std::ranges::min_element(theirs, {}, until));
    }
    steps_[ticket] = {of, {person, std::move(challenge), now + kLasts, 0}};
  }

  /// Somebody answers. With a passkey, and with the last try, the ticket is used up.
  std::optional<Step> answer(const std::string& ticket, bool passkey, Instant now) {
    const auto it = steps_.find(ticket);
    if (it == steps_.end()) return std::nullopt;
    const auto step = it->second.step;
    if (passkey || step.until < now || ++it->second.step.tries >= kTries) steps_.erase(it);
    return step.until < now ? std::nullopt : std::optional(step);
  }
  void done(const std::string& ticket) { steps_.erase(ticket); }

  static constexpr Duration kLasts = minutes(5);  // to find the telephone; own
  static constexpr int kTries = 5;                // wrong codes; then the password again. Own
  static constexpr std::size_t kMost = 5'000;     // half a megabyte; own

 private:
  struct Entry {
    std::string of;
    Step step;
  };
  std::size_t of_one_;
  std::map<std::string, Entry> steps_;
};

}  // namespace sigap::runtime
