#include "runtime/core_thread.h"

#include <algorithm>
#include <utility>

namespace sigap::runtime {
namespace {

/// Jobs of one turn: bounds how long a commit may grow while callers wait for it. Own.
constexpr std::size_t kTurnMax = 512;

}  // namespace

bool CoreThread::post(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (jobs_.size() >= kJobsMax) return false;
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

void CoreThread::post_always(Job job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void CoreThread::submit(core::Input input, Answer answer) {
  inputs_.push_back(std::move(input));
  answers_.push_back(std::move(answer));
}

Result<bool> CoreThread::recover(const std::function<Result<bool>()>& prepare) {
  auto batch = engine_.recover(clock_());
  looked_ = std::chrono::steady_clock::now();
  if (!batch) return tl::unexpected(batch.error());
  if (checkpointer_) checkpointer_->begin(engine_.state(), engine_.head(), engine_.checkpoint_position());
  if (prepare)
    if (auto prepared = prepare(); !prepared) return prepared;
  publish(*batch, {});
  return true;
}

bool CoreThread::turn() {
  std::deque<Job> jobs;
  {
    const std::lock_guard lock(mutex_);
    while (!jobs_.empty() && jobs.size() < kTurnMax) {
      jobs.push_back(std::move(jobs_.front()));
      jobs_.pop_front();
    }
  }
  for (auto& job : jobs) job();
  const auto deadline = engine_.next_deadline();
  const Instant now = clock_();
  const bool reports = (std::exchange(reports_due_, false) && !reports_.empty()) || reports_.size() >= kReportsMax;
  const bool late = owed_ >= kLateMatters;
  if (inputs_.empty() && !reports && !late && !(deadline && *deadline <= now)) return !jobs.empty();
  auto inputs = std::exchange(inputs_, {});
  if (reports) take_reports(inputs);
  const auto answers = std::exchange(answers_, {});
  auto batch = engine_.run(inputs, now, late ? std::exchange(owed_, {}) : Duration{});
  if (!batch) {
    hooks_.fatal(batch.error());
    return false;
  }
  publish(*batch, answers);
  if (checkpointer_) checkpointer_->follow(std::move(batch->events), engine_.head(), engine_.state());
  return true;
}

void CoreThread::take_reports(std::vector<core::Input>& inputs) {
  for (std::size_t i = 0; i < reports_.size(); ++i) {
    if (i % kReportsMax == 0) inputs.emplace_back(core::EffectsReported{});
    std::get<core::EffectsReported>(inputs.back()).reports.push_back(std::move(reports_[i]));
  }
  reports_.clear();
}

void CoreThread::publish(Batch& batch, const std::vector<Answer>& answers) {
  for (const auto& effect : batch.effects) hooks_.effect(effect);
  if (!batch.events.empty()) hooks_.events(batch.events);
  for (std::size_t i = 0; i < answers.size(); ++i)
    if (answers[i]) answers[i](batch.replies[i]);
}

void CoreThread::look_at_itself() {
  using std::chrono::milliseconds, std::chrono::duration_cast, std::chrono::steady_clock;
  const auto now = steady_clock::now();
  const Duration gap{duration_cast<milliseconds>(now - std::exchange(looked_, now)).count()};
  // A little now and a little then is no starvation: it adds up only while it is more than a tenth of the time.
  if (gap.ms > 2 * kTick.ms)
    owed_.ms += gap.ms - kTick.ms;
  else
    owed_.ms = std::max<std::int64_t>(owed_.ms - gap.ms / 10, 0);
}

void CoreThread::tick() {
  reports_due_ = true;
  hooks_.tick(clock_());
}

void CoreThread::start() {
  if (looked_ == std::chrono::steady_clock::time_point{}) looked_ = std::chrono::steady_clock::now();
  thread_ = std::thread([this] { run(); });
}

void CoreThread::run() {
  using SteadyClock = std::chrono::steady_clock;
  auto next_tick = SteadyClock::now();
  while (true) {
    look_at_itself();
    if (turn()) {
      if (engine_.stopped()) return;
      if (SteadyClock::now() < next_tick) continue;
    } else if (engine_.stopped()) {
      return;
    }
    if (SteadyClock::now() >= next_tick) {
      tick();
      next_tick = SteadyClock::now() + std::chrono::milliseconds(kTick.ms);
      continue;
    }
    auto until = next_tick;
    if (const auto deadline = engine_.next_deadline()) {
      const auto left = std::max<std::int64_t>((*deadline - clock_()).ms, 0);
      until = std::min(until, SteadyClock::now() + std::chrono::milliseconds(left));
    }
    std::unique_lock lock(mutex_);
    if (stopping_ && jobs_.empty()) break;
    wake_.wait_until(lock, until, [this] { return !jobs_.empty() || stopping_; });
    if (stopping_ && jobs_.empty()) break;
  }
  if (!engine_.stopped()) {
    reports_due_ = true;
    (void)turn();
  }
  if (checkpointer_) checkpointer_->finish();
}

void CoreThread::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

}  // namespace sigap::runtime
