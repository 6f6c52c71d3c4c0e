// The fault is an upgrade, and then the way back: one program's server, another one's on the same data, the first one's
// again. In a scratch installation. At the end both programs are asked about the journal that both wrote.
#pragma once
#include "drill/scratch_target.h"

namespace sigap::drill {

/// Folders with sigapd and sigap.
struct Upgrade {
  std::filesystem::path from, to;
};

class UpgradeTarget final : public ScratchTarget {
 public:
  UpgradeTarget(boost::asio::io_context& io, ScratchPlan scratch, Upgrade upgrade);
  std::string intent(int waiting, int talking) const override;
  std::vector<Finding> findings() override;

 private:
  Upgrade upgrade_;
};

}  // namespace sigap::drill
