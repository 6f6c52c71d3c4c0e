// The server of a simulation: the engine that serves, on a journal in memory and a clock that can be set, in a process
// that can be killed. What reaches it is drained in batches, one commit each; while it is down nothing reaches it.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "codec/sealer.h"
#include "core/views/touched.h"
#include "runtime/engine.h"
#include "runtime/forward_clock.h"
#include "sim/agenda.h"
#include "sim/memory_journal.h"
#include "sim/random.h"

namespace sigap::sim {

/// Seals nothing: personal values stand in the open in this journal, which never leaves memory.
class OpenSealer final : public codec::Sealer {
 public:
  std::string seal(std::string_view, std::string_view, std::string_view plain) override { return std::string(plain); }
  std::optional<std::string> open(std::string_view, std::string_view, std::string_view sealed) override {
    return std::string(sealed);
  }
};

/// What a test may break on purpose, to see that a checker catches it.
struct Sabotage {
  runtime::Decide decide = core::decide;
  core::Policy policy;
  /// Which cards may look different after a batch.
  std::function<core::views::Touched(const core::State&, const std::vector<core::Event>&)> touched =
      core::views::touched_by;
  bool wall_clock = false;          ///< timers run on the bare wall clock
  bool loses_acknowledged = false;  ///< an acknowledged append is lost by a crash
  bool forgets_effects = false;     ///< a start does not order again what was ordered
  bool slow_is_dead = false;        ///< what the server was late by is given back to nobody
  bool pages_unbounded = false;     ///< pages call as many as want to
  bool inbox_first = false;         ///< timers wait while there is anything in the inbox
};

/// What the world hears from it.
struct ServerHooks {
  std::function<void(const core::Event&)> durable;             ///< each event, also those of a process that died of it
  std::function<void(const std::vector<core::Event>&)> batch;  ///< after the events of a batch
  std::function<void(const core::Effect&)> effect;
  std::function<void()> started;  ///< before the effects of the start
  std::function<void()> stepped;
  std::function<void(const core::Input&)> done;  ///< whoever asked this was told so
};

class Server {
 public:
  Server(Agenda& agenda, const Instant& now, const Sabotage& sabotage, ServerHooks hooks);

  /// Before start(): whether it calls back whom nobody answered.
  void rings_back(bool on) { rings_back_ = on; }
  /// Before start(): the format of the journal.
  void format(std::int64_t number) { format_ = number; }
  void start();
  /// Into the inbox; false when no process is there to hear it.
  bool deliver(core::Input input);
  /// The next append fails, or is not heard of; then the process is gone for `down`.
  void crash(bool durable, Duration down);
  void disk_full(bool is);
  void set_clock(Duration by);
  /// Between a commit and the next.
  void commit_takes(Duration time) { commit_ = time; }
  /// From now on it is looked after by chance; nullptr: at once.
  void starve(Random* by) { starved_ = by; }
  /// Whether there is one now.
  bool checkpoint();

  bool up() const { return up_; }
  std::int64_t lives() const { return lives_; }  ///< processes so far
  Instant core_time() { return clock_->now(); }
  const core::State& state() const { return engine_->state(); }
  core::Positions& positions() { return engine_->positions(); }
  const runtime::Engine& engine() const { return *engine_; }
  MemoryJournal& journal() { return journal_; }
  codec::Sealer& sealer() { return sealer_; }
  std::int64_t refused() const { return refused_; }
  const Sabotage& sabotage() const { return sabotage_; }

 private:
  void wake(Instant at);
  void wake_for_deadline(Instant at);
  void step();
  /// Until it is looked after again.
  Duration pause();
  void wants(Instant at) { wanted_ = std::min(at, wanted_.value_or(at)); }
  void died();
  void report(const runtime::Batch& batch);

  Agenda& agenda_;
  const Instant& now_;
  const Sabotage& sabotage_;
  bool rings_back_ = false;
  std::int64_t format_ = core::kFormat;
  ServerHooks hooks_;
  MemoryJournal journal_;
  OpenSealer sealer_;
  Duration wall_ahead_;
  std::optional<runtime::ForwardClock> clock_;  ///< of the process that lives now
  std::unique_ptr<runtime::Engine> engine_;
  std::vector<core::Input> inbox_, inputs_;  ///< what has arrived; of the step that runs
  std::vector<core::EffectReport> reports_;  ///< gathered as CoreThread does
  bool up_ = false, woken_ = false, dies_after_ = false, reports_wait_ = false;
  Instant wakes_, free_at_;
  std::optional<Instant> wanted_;  ///< since when there is something to do
  Random* starved_ = nullptr;
  std::optional<Instant> deadline_at_;  ///< the agenda has it already
  Duration commit_ = milliseconds(1), down_ = seconds(1);
  std::int64_t lives_ = 0, refused_ = 0, ids_ = 0, fresh_ = 0;
  std::int64_t unheard_from_ = 0;  ///< journal position up to which the world has heard
};

}  // namespace sigap::sim
