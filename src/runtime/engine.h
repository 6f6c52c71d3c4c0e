// The runtime's heart, without threads or clock: timers before inbox, events committed before effects.
//   run(): due timers -> inputs -> decisions -> ONE durable append -> what hands must do now and what askers are told.
// Invariants: nothing of a batch leaves before its events are durable; after a refused append the engine is stopped and
// every later call is refused ("stopped"): the process must end and start from the journal. recover() comes first.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "codec/sealer.h"
#include "core/decide.h"
#include "ports/journal.h"

namespace sigap::runtime {

/// Who decides: core::decide. A test may stand between, to see that a wrong decision is caught.
using Decide = std::function<core::Decision(core::State&, const core::Positions&, const core::Policy&,
                                            const core::Input&, Instant)>;

struct EngineConfig {
  std::string cell = "nation";
  std::string version;  ///< of the program, written with each epoch
  core::Policy policy;
  Decide decide = core::decide;
  std::int64_t format = core::kFormat;  ///< of a journal that is begun
};

/// What became of one input.
struct Reply {
  std::optional<Refusal> refusal;
  SessionId session;  ///< of a SignIn
};

struct Batch {
  std::vector<Reply> replies;         ///< one an input, in order
  std::vector<core::Event> events;    ///< durable now
  std::vector<core::Effect> effects;  ///< to be carried out now
};

class Engine {
 public:
  /// `fresh_id` yields 32 hex digits, never the same twice.
  Engine(EngineConfig config, ports::Journal& journal, codec::Sealer& sealer, std::function<std::string()> fresh_id);

  /// Newest checkpoint and what follows it; then this process's own epoch begins. Yields the effects that were ordered
  /// and never reported on, those at most once already settled as dropped. Refusals: "cell" (the journal is another
  /// one's), "format", "corrupt", those of the journal.
  Result<Batch> recover(Instant now);

  /// `late`: by how much longer than it should nobody looked at timers and inbox. It is given back before any runs out.
  Result<Batch> run(const std::vector<core::Input>& inputs, Instant now, Duration late = {});

  const core::State& state() const { return state_; }
  const core::Policy& policy() const { return config_.policy; }
  /// Of the journal: what `state` is the fold of.
  ports::JournalHead head() const { return journal_.head(); }
  /// Of the checkpoint that recover() began with; 0: there was none.
  std::int64_t checkpoint_position() const { return checkpoint_position_; }
  core::Positions& positions() { return positions_; }
  std::optional<Instant> next_deadline() const { return core::next_deadline(state_); }
  std::string state_hash() const;
  bool stopped() const { return stopped_; }

 private:
  Result<Batch> run_after(Batch batch, const std::vector<core::Input>& inputs, Instant now);
  void decide(const core::Input& input, Instant now, Batch& batch, Reply* reply);
  Result<Batch> commit(Batch batch);

  EngineConfig config_;
  ports::Journal& journal_;
  codec::Sealer& sealer_;
  std::function<std::string()> fresh_id_;
  core::State state_;
  core::Positions positions_;
  std::int64_t checkpoint_position_ = 0;
  bool stopped_ = false;
};

/// Folds a journal from its first line. Without keys pass codec::NoKeys: the hash is the same.
Result<core::State> replay(ports::Journal& journal, codec::Sealer& sealer);

}  // namespace sigap::runtime
