// An installation that runs already, which the drill only calls: a shop's own two machines, say. The fault is a command
// of the user's. Invariants: nothing of the installation is written to but through its doors; with other callers on
// the line or operators at work there is no drill, unless it is forced.
#pragma once
#include <boost/asio/steady_timer.hpp>

#include "drill/health_probe.h"
#include "drill/target.h"

namespace sigap::drill {

struct RunningPlan {
  std::string http, sip, from, ng;    ///< ADDRESS:PORT; `from` an address, `ng` may be empty
  std::string origin;                 ///< empty: the address of `http`
  std::filesystem::path credentials;  ///< JSON with logins and passwords, as `sigap demo --demo-credentials` writes it
  std::string strike;                 ///< for the shell
  std::filesystem::path data, keys;   ///< of the journal that must know every call afterwards; may be empty
  bool force = false;
};

/// The operators in such a file. Refusals: "io", "invalid".
Result<std::vector<Operator>> read_operators(const std::filesystem::path& file);

class RunningTarget final : public Target {
 public:
  RunningTarget(boost::asio::io_context& io, RunningPlan plan);
  ~RunningTarget() override;
  std::string intent(int waiting, int talking) const override;
  Result<Doors> open(Patience& patience, int operators) override;
  Result<bool> strike() override;
  Result<Sight> look() override;
  Clock::time_point counted_from() const override { return struck_; }
  const char* counted_from_what() const override { return "the fault"; }
  Clock::duration measured() const override;

 private:
  Result<Health> health(Patience& patience);
  void watch();
  void saw(const std::optional<Health>& health);

  boost::asio::io_context& io_;
  RunningPlan plan_;
  Path path_;
  Health before_;
  Clock::time_point before_at_, struck_;
  boost::asio::steady_timer timer_;
  Sight sight_ = Sight::standing;
  int command_ = -1, command_ended_ = 0;
};

}  // namespace sigap::drill
