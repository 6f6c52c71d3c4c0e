// Checkpoints without a pause: a second fold of the same events, on a thread of its own. Nobody's call waits while a
// nation's state is sealed and written, which takes as long as there are open tasks and waiting callers.
//   core's thread: follow(events of a commit) -> own thread: apply -> every so many events: seal, hash, Journal::save
// Invariants: what is written is the fold of what is durable, and nothing else; the core's thread never waits here but
// in finish(); what is given and not yet folded is at most behind_max events, beyond that a copy of the state.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/result.h"
#include "codec/sealer.h"
#include "core/state.h"
#include "ports/journal.h"

namespace sigap::runtime {

/// Writes one, of `facts` as they are at `head`. Refusals as of the sealer's flush and Journal::save.
Result<bool> write_checkpoint(const core::Facts& facts, const ports::JournalHead& head, ports::Journal& journal,
                              codec::Sealer& sealer);

struct CheckpointLimits {
  /// Events: a start reads at most about as many beyond the checkpoint, a third of a second's work. Own.
  std::int64_t every = 20'000;
  /// Events that wait to be folded: ten seconds of a disaster, 100 MB. Own.
  std::int64_t behind_max = 100'000;
};

class Checkpointer {
 public:
  /// `sealer` is this thread's own. `refused` is told on this thread, and the next one is tried when it is due.
  Checkpointer(ports::Journal& journal, codec::Sealer& sealer, std::function<void(const Refusal&)> refused,
               CheckpointLimits limits = {});
  /// Without a last checkpoint: that is finish().
  ~Checkpointer();

  /// From this state on; `saved` is the position of the newest checkpoint that there is.
  void begin(const core::State& state, const ports::JournalHead& head, std::int64_t saved);
  /// All events of one commit, after which the journal ends at `head` and the core's state is `state`.
  void follow(std::vector<core::Event> events, const ports::JournalHead& head, const core::State& state);
  /// Folds what it was given, writes a last checkpoint, and ends.
  void finish();

 private:
  /// What comes next: a commit, or a state to begin anew from.
  struct Step {
    std::optional<core::State> state;
    std::vector<core::Event> events;
    ports::JournalHead head;
  };
  void run();
  void take(Step step);
  void write_if(std::int64_t since);
  void stop(bool finished);

  ports::Journal& journal_;
  codec::Sealer& sealer_;
  std::function<void(const Refusal&)> refused_;
  CheckpointLimits limits_;
  // The own thread's:
  core::State state_;
  ports::JournalHead head_;
  std::int64_t tried_ = 0;  ///< position of the newest checkpoint, written or refused
  // Shared:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Step> steps_;
  std::int64_t behind_ = 0;  ///< events in steps_
  bool stopping_ = false, finishing_ = false;
  std::thread thread_;
};

}  // namespace sigap::runtime
