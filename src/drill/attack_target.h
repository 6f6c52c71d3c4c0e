// The fault is an attack: the line lives through it, and nobody on it is to notice. In a scratch installation.
#pragma once
#include <memory>

#include "drill/attack.h"
#include "drill/caller.h"
#include "drill/scratch_target.h"

namespace sigap::drill {

class AttackTarget final : public Target {
 public:
  AttackTarget(boost::asio::io_context& io, ScratchPlan scratch, AttackPlan plan);
  std::string intent(int waiting, int talking) const override;
  Result<Doors> open(Patience& patience, int operators) override;
  Result<bool> strike() override;
  void overhear(std::vector<Overheard> calls) override { overheard_ = std::move(calls); }
  bool parts_consoles() const override { return false; }
  Result<Sight> look() override;
  Clock::time_point counted_from() const override { return struck_; }
  const char* counted_from_what() const override { return "the attack began"; }
  Clock::duration measured() const override { return std::chrono::seconds(plan_.seconds); }
  std::vector<Finding> findings() override;

 private:
  boost::asio::io_context& io_;
  AttackPlan plan_;
  ScratchTarget scratch_;
  Path path_;
  std::vector<Overheard> overheard_;
  std::unique_ptr<Attack> attack_;
  std::unique_ptr<Caller> newcomer_;  ///< who calls while it lasts
  Clock::time_point struck_, dialled_;
  double heard_after_ms_ = -1;
};

}  // namespace sigap::drill
