// The leader's journal: an append returns when the batch is durable here and on the standby's disk, the two written at
// the same time; or when it is durable here and the witness knows that the standby does not have everything.
// Invariants: so whatever was acknowledged is on every machine that may take over by itself. A standby silent for
// kSilent is marked out of sync; caught up, it is marked in sync again. Without the witness and without a standby in
// sync nothing is acknowledged any more. A standby of a higher epoch ends this leader ("fenced").
//   core's thread: append      any: save      own thread: connects, finds the common past, catches up, pings
#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "adapters/replication/checkpoint_shipper.h"
#include "adapters/replication/lease.h"

namespace sigap::replication {

enum class StandbyState { none, behind, in_sync };

class ReplicatedJournal final : public ports::Journal {
 public:
  static constexpr std::chrono::milliseconds kSilent{1000};  ///< after that a leader goes on alone
  static constexpr std::chrono::milliseconds kPing{250};     ///< four chances before kSilent; own

  struct Parts {
    ports::ReplicaJournal& local;
    ports::ReplicaJournal& reader;  ///< another connection to the same journal, for the own thread
    ports::VaultRows& rows;         ///< another connection to the vault
    Lease& lease;
    std::function<void(const std::string&)> told = {};  ///< why the other machine does not follow, for a log
  };
  /// `in_sync` is what the witness noted when it granted the lease. `lost` is called once, on any thread: the process
  /// must end. Call start() when `lost` may come.
  ReplicatedJournal(Parts parts, const Address& standby, const ClusterKey& key, bool in_sync,
                    std::function<void(const Refusal&)> lost);
  ~ReplicatedJournal() override;
  void start();

  /// Refusals of the local journal, and "fenced" (another leads), "isolated" (neither witness nor standby).
  Result<ports::JournalHead> append(std::vector<ports::JournalLine> lines) override;
  ports::JournalHead head() const override { return parts_.local.head(); }
  Result<ports::JournalHead> read(std::int64_t position,
                                  const std::function<bool(const ports::JournalLine&)>& take) override {
    return parts_.local.read(position, take);
  }
  Result<bool> save(const ports::Checkpoint& checkpoint) override;
  std::optional<ports::Checkpoint> newest_checkpoint() override { return parts_.local.newest_checkpoint(); }

  StandbyState standby() const { return state_; }
  /// The last position that the standby acknowledged.
  std::int64_t acknowledged() const { return acknowledged_; }

 private:
  void run();
  // With the lock held:
  bool send_batch(const std::vector<ports::JournalLine>& lines);
  bool batch_acknowledged(const ports::JournalHead& head);
  void let_go();
  void fall_behind();
  Result<ports::JournalHead> go_on_alone(std::unique_lock<std::mutex>& lock, const ports::JournalHead& head);
  void ping();
  void confirm();
  void lose(const Refusal& why);
  // On the own thread, while the state is not in_sync:
  bool catch_up();
  bool find_common_past();
  bool cut_to(std::int64_t position, std::int64_t change);
  bool send_chunk(const ports::JournalHead& until, std::chrono::milliseconds patience);
  bool all_sent(const ports::JournalHead& head);
  /// Asks the standby; nothing on any refusal.
  std::optional<Answer> ask(Request request, std::chrono::milliseconds patience);
  void say_why_not(const Refusal& why);

  Parts parts_;
  Requester standby_;
  CheckpointShipper checkpoints_;
  std::function<void(const Refusal&)> lost_told_;
  const Deadline begun_ = SteadyClock::now();
  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<StandbyState> state_ = StandbyState::none;
  std::atomic<std::int64_t> acknowledged_ = 0;
  std::int64_t change_ = 0;  ///< the last one of the vault that the standby has
  std::string standby_name_;
  Deadline heard_{};
  Deadline silent_at_{};           ///< when the batch under way is given up
  bool marked_;                    ///< the witness may believe that the standby has everything
  bool confirmed_ = false;         ///< it does
  std::optional<Refusal> fenced_;  ///< own thread: what the standby said while catching up
  std::string why_not_;            ///< own thread: what was said last of why the standby does not follow
  std::optional<Refusal> why_lost_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace sigap::replication
