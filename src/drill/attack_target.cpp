#include "drill/attack_target.h"

#include <fmt/format.h>

namespace sigap::drill {
namespace {

constexpr int kNewcomer = 9'999;                    // a number that no other caller of a drill has
constexpr std::chrono::seconds kInTheMiddle{2};     // the attack is in full swing by then
constexpr std::chrono::seconds kNewcomerWaits{60};  // the machine is flooded, too: slow is not unanswered
/// Answers to strangers, of a second: a carrier at a forgotten address has to learn it, a victim must not be flooded.
constexpr int kAnswersMost_per_s = 40;

}  // namespace

AttackTarget::AttackTarget(boost::asio::io_context& io, ScratchPlan scratch, AttackPlan plan)
    : io_(io), plan_(plan), scratch_(io, std::move(scratch)) {
  plan_.rtp_min = scratch_.rtp_min();
  plan_.rtp_max = scratch_.rtp_max();
}

std::string AttackTarget::intent(int waiting, int talking) const {
  return fmt::format(
      "Drill: {} callers wait, {} talk, and for {} s a stranger on this machine sends {} messages a second, "
      "speaks into every port of the media process, forges requests within each call, guesses passwords and holds {} "
      "connections\n",
      waiting, talking, plan_.seconds, plan_.invites_per_s, plan_.idle_connections);
}

Result<Doors> AttackTarget::open(Patience& patience, int operators) {
  auto doors = scratch_.open(patience, operators);
  if (doors) path_ = doors->path;
  return doors;
}

Result<bool> AttackTarget::strike() {
  struck_ = Clock::now();
  attack_ = std::make_unique<Attack>(path_, plan_, std::move(overheard_));
  return true;
}

Result<Target::Sight> AttackTarget::look() {
  if (!newcomer_ && Clock::now() - struck_ > kInTheMiddle) {
    newcomer_ = std::make_unique<Caller>(io_, path_, kNewcomer);
    dialled_ = Clock::now();
    newcomer_->dial();
  }
  if (newcomer_ && heard_after_ms_ < 0 && newcomer_->voice().packets() > 0) {
    heard_after_ms_ = ms_since(dialled_);
    newcomer_->hang_up();
  }
  const bool heard = heard_after_ms_ >= 0 || (newcomer_ && Clock::now() - dialled_ > kNewcomerWaits);
  return attack_->over() && heard ? Sight::back : Sight::away;
}

std::vector<Finding> AttackTarget::findings() {
  const auto& a = *attack_;
  return {
      {"somebody who calls during the attack hears the prompt", heard_after_ms_ >= 0,
       heard_after_ms_ < 0 ? "not within a minute" : fmt::format("{:.0f} ms after dialling", heard_after_ms_)},
      {"packets of callers' sound that came to the stranger", a.sound_heard() == 0,
       fmt::format("{}, for {} that it sent", a.sound_heard(), a.sound_sent())},
      {"requests forged within somebody's call that were heard", a.forged_heard() == 0,
       fmt::format("{}, of {}", a.forged_heard(), a.forged())},
      {"silent SIP connections of the stranger that stay", a.connections_left() == 0,
       fmt::format("{}, of {}", a.connections_left(), a.connections())},
      {"packets sent to a third party", a.reflected() == 0, fmt::format("{}", a.reflected())},
      {"answers to the stranger are few", a.answers() <= std::int64_t{kAnswersMost_per_s} * plan_.seconds,
       fmt::format("{}, to {} messages", a.answers(), a.sent())},
  };
}

}  // namespace sigap::drill
