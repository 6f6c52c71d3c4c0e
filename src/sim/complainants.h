// Citizens who complain by a page, and supervisors of every level who answer some of it, move some, and leave some lie.
// Minutes stand for days.
#pragma once
#include <vector>

#include "sim/stage.h"

namespace sigap::sim {

class Complainants {
 public:
  explicit Complainants(Stage& stage) : stage_(stage) {}

  static constexpr Duration kAnswerWithin = minutes(2);     ///< of each level
  static constexpr Duration kLimit = minutes(6);            ///< by law
  static constexpr Duration kContestedWithin = minutes(4);  ///< of its closing

  /// One of the headquarters, of a province and of a district of it.
  void join(std::vector<PersonId> supervisors) { supervisors_ = std::move(supervisors); }
  void begin();
  /// Each minute: supervisors are at their screens and work; citizens read.
  void minute();

 private:
  void files();
  void work(const people::Session& session);
  void read();

  Stage& stage_;
  std::vector<PersonId> supervisors_;
  std::int64_t filed_ = 0;
};

}  // namespace sigap::sim
