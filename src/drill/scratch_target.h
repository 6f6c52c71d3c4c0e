// An installation of its own for the drill: in a scratch folder, on loopback, with the programs of this installation.
// Nothing of it is left afterwards.
#pragma once
#include <csignal>

#include "drill/target.h"
#include "installation/local_installation.h"
#include "scratch/scratch_folder.h"

namespace sigap::drill {

struct ScratchPlan {
  int signal = SIGKILL;
  bool media = false;  ///< the fault hits the media process, not the server
  int down_ms = 1000;
  std::vector<std::filesystem::path> programs;  ///< sigapd, and after each fault the next; none: the one beside this
  installation::LocalOptions local;             ///< assets, pages, nation; the rest is made up
};

class ScratchTarget : public Target {
 public:
  ScratchTarget(boost::asio::io_context& io, ScratchPlan plan);
  ~ScratchTarget() override;
  std::string intent(int waiting, int talking) const override;
  Result<Doors> open(Patience& patience, int operators) override;
  Result<bool> strike() override;
  Result<Sight> look() override;
  Clock::time_point counted_from() const override { return started_; }
  const char* counted_from_what() const override { return plan_.media ? "the fault" : "its start"; }
  bool parts_consoles() const override { return !plan_.media; }
  Clock::duration measured() const override;
  int rtp_min() const { return plan_.local.rtp_min; }
  int rtp_max() const { return plan_.local.rtp_max; }

 protected:
  /// The server; the media process goes on.
  void stop();
  const std::filesystem::path& data() const { return plan_.local.data; }

 private:
  int media_process() const;
  Result<Sight> look_at_media();
  int start();

  boost::asio::io_context& io_;
  ScratchPlan plan_;
  ScratchFolder scratch_;
  std::filesystem::path configuration_;
  std::size_t started_times_ = 0;
  int server_ = -1;
  int media_hit_ = -1;
  Sight sight_ = Sight::standing;
  Clock::time_point struck_, died_, started_;
  std::optional<Standstill> starting_;
};

}  // namespace sigap::drill
