// The follower's side: what the leader sends becomes durable here, keys before the lines that they seal.
// Invariants: an epoch below the highest one seen is refused ("fenced"); lines follow on the head they name, or nothing
// is taken ("gap"); a tail that the leader does not have is moved aside into files, never lost. After lead() every
// leader of this or a lower epoch is refused, and the journal is left to its new user.
#pragma once
#include <atomic>
#include <functional>
#include <mutex>
#include <string>

#include "adapters/replication/epoch_file.h"
#include "adapters/replication/link.h"
#include "adapters/replication/messages.h"

namespace sigap::replication {

/// In its second version by the key of the pair; in its first whoever had the cluster key was believed.
inline const Service kStandbyService{"standby", "SIGAPRP2"};

class Standby {
 public:
  using Tell = std::function<void(const std::string&)>;
  /// Why this machine's program could not serve from a line.
  using Objection = std::function<std::optional<Refusal>(const ports::JournalLine&)>;
  /// `told` hears what a person should know (a tail moved aside), for a log. A batch with a line that there is an
  /// objection to is refused: whoever could not go on from it must not count as one who has everything.
  Standby(std::string node, ports::ReplicaJournal& journal, ports::VaultRows& rows, EpochFile& epoch, Tell told,
          Objection objection = {});

  /// For Server; any thread.
  std::string handle(const std::string& message);
  /// We lead from now on; journal and rows are the caller's when it returns. `superseded` is called, on any thread,
  /// when a leader of a higher epoch appears. Refusal "io".
  Result<bool> lead(std::int64_t epoch, std::function<void(const Refusal&)> superseded);
  /// The highest epoch of the cluster that this machine has seen.
  std::int64_t epoch_seen() {
    const std::lock_guard lock(mutex_);
    return epoch_.highest();
  }
  /// Since a leader was last heard.
  SteadyClock::duration silence() const { return SteadyClock::now() - heard_.load(); }

 private:
  /// Holds the lock, but not while it writes a checkpoint.
  Answer answer(const Request& request, std::unique_lock<std::mutex>& lock);
  Answer standing() const;
  Answer refusal(std::string code, std::string message) const;
  Answer cut(const Request& request);
  Answer batch(const Request& request);

  std::string node_;
  ports::ReplicaJournal& journal_;
  ports::VaultRows& rows_;
  EpochFile& epoch_;
  Tell told_;
  Objection objection_;
  std::mutex mutex_;
  bool leads_ = false;
  std::function<void(const Refusal&)> superseded_;
  std::atomic<Deadline> heard_{Deadline{}};
};

}  // namespace sigap::replication
