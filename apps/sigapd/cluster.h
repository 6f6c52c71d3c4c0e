// Two machines: follows until the witness grants this one the lead, then gives the server a journal that is on both.
//   follow(): follow_command; lead(): listen for a leader -> (leader silent, witness grants) -> lead_command -> serve
// Invariants: nothing of the server runs before lead() returned; when the lead is lost the process ends at once,
// without another word to anybody (the supervisor starts it again, as a follower). docs/adr/0007-two-machines.md.
#pragma once
#include <memory>

#include "config/config.h"
#include "ports/replica.h"
#include "runtime/health/report.h"

namespace sigap::sigapd {

class Cluster {
 public:
  explicit Cluster(const config::Config& config);
  ~Cluster();
  /// Before anything that may keep this machine from starting: one that was killed may still hold the address.
  void follow() const;
  /// Returns when this machine leads. Refusals: "stopped", "no_key", "key_open_to_others", "wrong_key", "io".
  Result<bool> lead(ports::ReplicaJournal& journal);
  /// Any thread: lead() returns "stopped".
  void stop();
  /// The core cannot go on: the process ends at once, and the other machine may take over. While leading.
  [[noreturn]] void give_up(const Refusal& why);
  /// While leading.
  ports::Journal& journal();
  runtime::ClusterCondition condition() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace sigap::sigapd
