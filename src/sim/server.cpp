#include "sim/server.h"

#include <algorithm>
#include <utility>

#include "codec/event_codec.h"
#include "runtime/core_thread.h"
#include "runtime/followers/checkpointer.h"
#include "sim/complainants.h"

namespace sigap::sim {
namespace {

constexpr Duration kRestart = seconds(1);  ///< systemd's RestartSec of the unit
constexpr std::int64_t kStarved = 10;      ///< times as slow

}  // namespace

Server::Server(Agenda& agenda, const Instant& now, const Sabotage& sabotage, ServerHooks hooks)
    : agenda_(agenda), now_(now), sabotage_(sabotage), hooks_(std::move(hooks)) {}

void Server::start() {
  ++lives_;
  dies_after_ = false;
  journal_.plan(MemoryJournal::NextAppend::works);
  // Ids need to differ, not to be secret.
  const auto fresh_id = [this] {
    std::string id(32, '0');
    auto n = static_cast<std::uint64_t>(++ids_);
    for (std::size_t i = 31; n; --i, n >>= 4) id[i] = "0123456789abcdef"[n & 15];
    return id;
  };
  runtime::EngineConfig config{core::kPolicy.cell, "sim", sabotage_.policy, sabotage_.decide, format_};
  config.policy.trunks_out = {{"trunk"}};
  config.policy.lines = {{"ambulance", "119"}};
  config.policy.ring_back = rings_back_;
  config.policy.case_answer_within = Complainants::kAnswerWithin;
  config.policy.case_limit = Complainants::kLimit;
  config.policy.case_contested_within = Complainants::kContestedWithin;
  engine_ = std::make_unique<runtime::Engine>(std::move(config), journal_, sealer_, fresh_id);
  inbox_.clear();
  reports_.clear();
  const auto wall = [this] { return now_ + wall_ahead_; };
  const auto steady = [this] { return sabotage_.wall_clock ? now_ + wall_ahead_ : now_; };
  clock_.emplace(wall, steady);
  auto batch = engine_->recover(clock_->now());
  if (!batch) return died();
  clock_->not_before(engine_->state().now);
  up_ = true;
  for (const auto& event : batch->events) hooks_.durable(event);
  unheard_from_ = journal_.head().position;
  hooks_.started();
  if (sabotage_.forgets_effects)
    std::erase_if(batch->effects, [&](const core::Effect& e) { return e.id.value < batch->events.front().seq; });
  report(*batch);
  wanted_.reset();
  if (starved_) free_at_ = now_ + pause();
  wake(now_);
}

bool Server::deliver(core::Input input) {
  if (!up_) return false;
  if (auto* asks = std::get_if<core::CommandAsked>(&input);
      asks && std::holds_alternative<core::SignedIn>(asks->asker)) {  // as the gateway does
    asks->fresh_token = "t" + std::to_string(++fresh_);
    asks->fresh_token_hash = "h" + std::to_string(fresh_);
  }
  inbox_.push_back(std::move(input));
  wake(now_);
  return true;
}

void Server::crash(bool durable, Duration down) {
  down_ = down;
  if (!up_) return;
  if (sabotage_.loses_acknowledged && durable) {
    journal_.plan(MemoryJournal::NextAppend::lost_but_acknowledged);
    dies_after_ = true;
  } else {
    journal_.plan(durable ? MemoryJournal::NextAppend::done_but_unheard : MemoryJournal::NextAppend::refused);
  }
}

void Server::disk_full(bool is) {
  journal_.full(is);
}

void Server::wake(Instant at) {
  wants(at);
  at = std::max(at, free_at_);
  if (woken_ && wakes_ <= at) return;
  woken_ = true;
  wakes_ = at;
  agenda_.at(at, [this, at] {
    if (deadline_at_ == at) deadline_at_.reset();
    if (!woken_ || wakes_ != at) return;
    woken_ = false;
    if (up_) step();
  });
}

/// Most steps leave the same deadline behind, which is in the agenda then.
void Server::wake_for_deadline(Instant at) {
  wants(at);
  at = std::max(at, free_at_);
  if (woken_ && wakes_ <= at) return;
  if (deadline_at_ == at) {
    woken_ = true;
    wakes_ = at;
  } else {
    wake(at);
    deadline_at_ = at;
  }
}

/// Mostly a little, now and then so long that every limit of a person's reaction would run out meanwhile.
Duration Server::pause() {
  if (!starved_) return commit_;
  return starved_->chance(90) ? Duration{commit_.ms * kStarved + starved_->below(200)}
                              : starved_->between(seconds(1), seconds(30));
}

void Server::step() {
  const auto time = clock_->now();
  const Duration late = now_ - std::exchange(wanted_, std::nullopt).value_or(now_);
  // As CoreThread: less is within every limit.
  const bool gives_back = late > runtime::CoreThread::kLateMatters && !sabotage_.slow_is_dead;
  const auto deadline = engine_->next_deadline();
  const bool due = deadline && *deadline <= time;
  if (!inbox_.empty() || due) {
    inputs_.clear();
    inputs_.swap(inbox_);
    const auto until =
        sabotage_.inbox_first && !inputs_.empty() && deadline ? std::min(time, *deadline - milliseconds(1)) : time;
    auto batch = engine_->run(inputs_, std::max(until, engine_->state().now), gives_back ? late : Duration{});
    if (!batch) return died();
    free_at_ = now_ + pause();
    for (const auto& event : batch->events) hooks_.durable(event);
    unheard_from_ = engine_->state().position;
    for (std::size_t i = 0; i < batch->replies.size(); ++i) {
      if (batch->replies[i].refusal)
        ++refused_;
      else
        hooks_.done(inputs_[i]);
    }
    hooks_.batch(batch->events);
    report(*batch);
    hooks_.stepped();
    if (std::exchange(dies_after_, false)) return died();
  }
  // The core's time may go at another speed than true time while its clock catches up: it is looked at again.
  if (const auto next = engine_->next_deadline()) {
    const auto left = std::max<std::int64_t>(1, (*next - time).ms);
    wake_for_deadline(
        now_ + milliseconds(wall_ahead_.ms ? std::min<std::int64_t>(left, std::max<std::int64_t>(left / 2, 1)) : left));
  }
}

void Server::report(const runtime::Batch& batch) {
  for (const auto& effect : batch.effects) {
    hooks_.effect(effect);
    reports_.push_back({effect.id});
  }
  if (reports_.empty() || std::exchange(reports_wait_, true)) return;
  agenda_.at(now_ + runtime::CoreThread::kTick, [this] {
    reports_wait_ = false;
    if (up_ && !reports_.empty()) (void)deliver(core::EffectsReported{std::exchange(reports_, {})});
  });
}

void Server::died() {
  up_ = false;
  // What became durable unheard is part of history: the checkers read it where the new process will.
  (void)journal_.read(unheard_from_ + 1, [&](const ports::JournalLine& line) {
    if (auto event = codec::read_event(line.body, sealer_)) hooks_.durable(*event);
    unheard_from_ = line.position;
    return true;
  });
  inbox_.clear();
  reports_.clear();
  agenda_.at(now_ + Duration{std::max(down_, kRestart).ms * (starved_ ? kStarved : 1)}, [this] { start(); });
  down_ = kRestart;
}

void Server::set_clock(Duration by) {
  (void)core_time();  // a process that lives looks at it ten times a second
  wall_ahead_ = wall_ahead_ + by;
}

bool Server::checkpoint() {
  return up_ && runtime::write_checkpoint(engine_->state(), engine_->head(), journal_, sealer_).has_value();
}

}  // namespace sigap::sim
