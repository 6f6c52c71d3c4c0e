// The one thread that owns the engine. Hands post jobs; a job looks at the state and submits inputs; all inputs of a
// turn share one durable commit; then hands get their effects, screens their news, and askers their answers.
//   post -> jobs -> inputs -> Engine::run (one commit) -> effects -> events seen -> replies
// Invariants: jobs run in the order they were posted; nothing of a turn is told before its commit; what is submitted
// while effects and replies are carried out enters the next turn at once. A refused append ends the loop: `fatal`.
#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "runtime/engine.h"
#include "runtime/followers/checkpointer.h"

namespace sigap::runtime {

using Clock = std::function<Instant()>;

class CoreThread {
 public:
  using Job = std::function<void()>;
  using Answer = std::function<void(const Reply&)>;

  struct Hooks {
    std::function<void(const core::Effect&)> effect;
    std::function<void(const std::vector<core::Event>&)> events;  ///< of one commit, never empty
    std::function<void(Instant)> tick;                            ///< each kTick
    std::function<void(const Refusal&)> fatal;
  };

  CoreThread(Engine& engine, Clock clock) : engine_(engine), clock_(std::move(clock)) {}
  ~CoreThread() { stop(); }
  void set_hooks(Hooks hooks) { hooks_ = std::move(hooks); }
  /// Before recover(): follows every commit, and outlives this. Without one a start reads the whole journal.
  void set_checkpointer(Checkpointer& checkpointer) { checkpointer_ = &checkpointer; }

  /// False when kJobsMax jobs wait already: the caller decides what its refusal looks like.
  bool post(Job job);
  /// For what must never be lost (a leg ended, a browser went): bounded by the number of legs and connections.
  void post_always(Job job);
  /// Core thread only.
  void submit(core::Input input, Answer answer = {});
  /// Core thread only: somebody who must be heard was not served for this long, by no fault of their own (a hand did
  /// not come round). Given back with the core's own lateness.
  void was_late(Duration by) { owed_ = owed_ + by; }
  /// Core thread only: written with others at the next tick, or when kReportsMax wait. A crash before then loses it,
  /// and the effect is ordered again.
  void submit_lazily(core::EffectReport report) { reports_.push_back(std::move(report)); }

  /// Engine::recover; then `prepare`, which brings back what the state knows of; then the effects that are left over.
  Result<bool> recover(const std::function<Result<bool>()>& prepare = {});
  void start();
  /// Finishes what was posted before, and has a checkpoint written.
  void stop();

  /// One turn without a thread: for tests, and what the thread itself does. False when there was nothing to do.
  bool turn();
  void tick();

  const Engine& engine() const { return engine_; }
  Engine& engine() { return engine_; }
  Instant now() const { return clock_(); }

  static constexpr std::size_t kJobsMax = 20'000;  ///< about 30 s of a disaster's arrivals (650/s); own
  static constexpr Duration kTick = milliseconds(500);
  /// Lateness that is given back: less is within what every limit leaves to those who must react; own.
  static constexpr Duration kLateMatters = seconds(2);
  static constexpr std::size_t kReportsMax = 500;  ///< in one event: a line of the journal stays near 5 kB; own

 private:
  void run();
  /// It looks at least once a tick: what is more was lateness of its own.
  void look_at_itself();
  void take_reports(std::vector<core::Input>& inputs);
  void publish(Batch& batch, const std::vector<Answer>& answers);

  Engine& engine_;
  Clock clock_;
  Hooks hooks_;
  Checkpointer* checkpointer_ = nullptr;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::vector<core::Input> inputs_;
  std::vector<Answer> answers_;
  std::vector<core::EffectReport> reports_;
  bool reports_due_ = false;
  std::chrono::steady_clock::time_point looked_;  ///< at timers and inbox, the last time
  Duration owed_;                                 ///< lateness that was not given back yet
  std::thread thread_;
};

}  // namespace sigap::runtime
