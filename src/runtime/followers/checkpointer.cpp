#include "runtime/followers/checkpointer.h"

#include "base/hash.h"
#include "codec/state_codec.h"

namespace sigap::runtime {

Result<bool> write_checkpoint(const core::Facts& facts, const ports::JournalHead& head, ports::Journal& journal,
                              codec::Sealer& sealer) {
  const auto state_hash = sha256_hex(codec::hashable_text(facts));
  const auto text = codec::write_state(facts, sealer);
  if (auto keys = sealer.flush(); !keys) return keys;
  return journal.save({facts.position, text, state_hash, head.hash});
}

Checkpointer::Checkpointer(ports::Journal& journal, codec::Sealer& sealer, std::function<void(const Refusal&)> refused,
                           CheckpointLimits limits)
    : journal_(journal), sealer_(sealer), refused_(std::move(refused)), limits_(limits), thread_([this] { run(); }) {}

Checkpointer::~Checkpointer() {
  stop(false);
}

void Checkpointer::begin(const core::State& state, const ports::JournalHead& head, std::int64_t saved) {
  {
    const std::lock_guard lock(mutex_);
    steps_.push_back({state, {}, head});
    tried_ = saved;
  }
  wake_.notify_one();
}

void Checkpointer::follow(std::vector<core::Event> events, const ports::JournalHead& head, const core::State& state) {
  if (events.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    behind_ += static_cast<std::int64_t>(events.size());
    if (behind_ <= limits_.behind_max) {
      steps_.push_back({std::nullopt, std::move(events), head});
    } else {
      steps_.clear();
      steps_.push_back({state, {}, head});
      behind_ = 0;
    }
  }
  wake_.notify_one();
}

void Checkpointer::run() {
  while (true) {
    Step step;
    bool last = false;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !steps_.empty(); });
      if (stopping_ && (!finishing_ || steps_.empty())) break;
      step = std::move(steps_.front());
      steps_.pop_front();
      behind_ -= static_cast<std::int64_t>(step.events.size());
      last = finishing_;  // then one is enough, when all is folded
    }
    take(std::move(step));
    if (!last) write_if(limits_.every);
  }
  if (finishing_) write_if(1);
}

void Checkpointer::take(Step step) {
  if (step.state) {
    state_ = std::move(*step.state);
    sealer_.let_go({});  // some of what was skipped may have been forgotten
  }
  for (const auto& event : step.events) {
    core::apply(state_, event);
    if (const auto* forgotten = std::get_if<privacy::RecordsForgotten>(&event.body))
      sealer_.let_go(subjects_of(forgotten->records));
  }
  head_ = std::move(step.head);
}

void Checkpointer::write_if(std::int64_t since) {
  if (state_.position - tried_ < since) return;
  tried_ = state_.position;
  if (auto written = write_checkpoint(state_, head_, journal_, sealer_); !written) refused_(written.error());
}

void Checkpointer::finish() {
  stop(true);
}

void Checkpointer::stop(bool finished) {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    finishing_ = finishing_ || finished;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

}  // namespace sigap::runtime
