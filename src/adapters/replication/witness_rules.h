// Who may lead: the witness's rules, without clock, disk or network.
// Invariants: an epoch has one leader; a new leader is granted only when the lease of the old one is over, and without
// a person's word only a machine that the old one had marked as having everything; marks of a leader take effect in the
// order of their numbers; an epoch is above every one that its leader has seen, also when this witness lost its memory.
// Time is a steady clock's, in milliseconds.
#pragma once
#include <cstdint>
#include <string>

namespace sigap::replication {

/// What must outlive the witness's own end. The lease need not: after a start it counts as just renewed.
struct WitnessRecord {
  std::int64_t epoch = 0;
  std::string holder;   ///< who leads or led last; empty: nobody yet
  std::string in_sync;  ///< the machine that has all that the holder acknowledged; empty: none
  std::int64_t mark = 0;
};

enum class WitnessAsk : std::int64_t {
  show = 1,
  acquire = 2,  ///< may I lead?
  renew = 3,    ///< I lead, and go on
  mark = 4      ///< `in_sync` is the machine that has everything from now on, or none
};

struct WitnessRequest {
  WitnessAsk ask = WitnessAsk::show;
  std::string node;
  std::int64_t epoch = 0;   ///< renew, mark; acquire: the highest one that the asker has seen
  std::int64_t number = 0;  ///< mark
  std::string in_sync;      ///< mark
  bool force = false;       ///< acquire: a person says so
};

struct WitnessAnswer {
  std::string code;  ///< empty: granted. "leased", "behind", "nobody", "fenced", "stale", "io", "unreadable"
  std::string message;
  WitnessRecord record;
  std::int64_t lease_left_ms = 0;
};

class WitnessRules {
 public:
  static constexpr std::int64_t kLease_ms = 4000;
  /// A leader that comes back sooner after its last grant waits like anybody: the other machine gets its chance, or a
  /// leader that cannot live would keep the lead by starting again and again. Own.
  static constexpr std::int64_t kReturn_ms = 10'000;

  WitnessRules(WitnessRecord record, std::int64_t now_ms)
      : record_(std::move(record)), lease_until_ms_(now_ms + kLease_ms) {}
  /// `changed()` says whether the record must be durable before the answer leaves.
  WitnessAnswer decide(const WitnessRequest& request, std::int64_t now_ms);
  bool changed() const { return changed_; }
  const WitnessRecord& record() const { return record_; }

 private:
  WitnessAnswer answer(std::int64_t now_ms, std::string code = {}, std::string message = {}) const;
  WitnessAnswer acquire(const WitnessRequest& request, std::int64_t now_ms);
  WitnessAnswer grant(const WitnessRequest& request, std::int64_t now_ms);
  bool leads(const WitnessRequest& request);
  WitnessAnswer renew(const WitnessRequest& request, std::int64_t now_ms);
  WitnessAnswer mark(const WitnessRequest& request, std::int64_t now_ms);

  WitnessRecord record_;
  std::int64_t lease_until_ms_;
  std::int64_t granted_ms_ = -kReturn_ms;
  bool changed_ = false;
};

}  // namespace sigap::replication
