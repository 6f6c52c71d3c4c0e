// What the checkers found: the first broken rule, and how often each rule had something to be checked against. A rule
// that was never tried proves nothing.
#pragma once
#include <cstdint>
#include <deque>
#include <string>

namespace sigap::sim {

struct Rule {
  std::string name;
  std::int64_t tried = 0;
};

class Verdicts {
 public:
  /// A rule stays where it is: checkers count on their own.
  Rule& rule(std::string name) { return rules_.emplace_back(Rule{std::move(name)}); }
  void broken(const Rule& rule, const std::string& seen) {
    if (violation_.empty()) violation_ = rule.name + ": " + seen;
  }
  const std::string& violation() const { return violation_; }
  const std::deque<Rule>& rules() const { return rules_; }

 private:
  std::deque<Rule> rules_;
  std::string violation_;
};

}  // namespace sigap::sim
