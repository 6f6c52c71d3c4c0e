#include "adapters/replication/lease.h"

namespace sigap::replication {

Lease::Lease(WitnessClient& witness, std::string node, std::int64_t epoch, Deadline started)
    : witness_(witness), node_(std::move(node)), epoch_(epoch), until_(started + kValid) {}

void Lease::keep(std::function<void(const Refusal&)> over) {
  over_ = std::move(over);
  thread_ = std::thread([this] { run(); });
}

void Lease::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Lease::run() {
  bool renewed = true;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, renewed ? kRenewEvery : kTryAgain, [this] { return stopping_; });
      if (stopping_) return;
    }
    renewed = renew();
    if (!valid()) over_({"isolated", "", "the witness was not reached in time"});
  }
}

bool Lease::renew() {
  const auto started = SteadyClock::now();
  const auto answer = witness_.ask({WitnessAsk::renew, node_, epoch_, 0, "", false});
  if (answer) {
    until_ = started + kValid;
    forgotten_ = answer->record.mark < marks_;
  }
  if (!answer && answer.error().code == "fenced") {
    until_ = Deadline{};
    over_(answer.error());
  }
  return answer.has_value();
}

Result<bool> Lease::mark(const std::string& in_sync) {
  const std::lock_guard lock(marking_);
  const auto answer = witness_.ask({WitnessAsk::mark, node_, epoch_, ++marks_, in_sync, false});
  if (!answer) return tl::unexpected(answer.error());
  forgotten_ = false;
  return true;
}

}  // namespace sigap::replication
