// The bodies of GET /healthz and GET /metrics.
#pragma once
#include <string>

#include "ports/media.h"
#include "ports/recorder.h"
#include "ports/telephony.h"
#include "ports/web.h"
#include "runtime/engine.h"
#include "runtime/followers/journal_follower.h"
#include "runtime/voice/switchboard.h"

namespace sigap::runtime {

/// Of an installation with two machines, as its leader sees it.
struct ClusterCondition {
  std::int64_t epoch = 0;
  std::string standby;   ///< "in_sync", "behind", "none"
  std::int64_t lag = 0;  ///< events that the standby lacks
};

struct Condition {
  std::string version;
  Duration uptime;
  ports::JournalHead head;
  ports::TelephonyHealth telephony;
  ports::TelephonyHealth pages;  ///< callers by internet
  ports::MediaHealth media;
  std::optional<ports::RecorderHealth> recorder;  ///< nothing: calls are not recorded
  SwitchboardCounts voices;
  Recovery recovery;
  std::size_t browsers = 0;
  std::optional<ClusterCondition> cluster;
  std::optional<ports::CertificateHealth> certificate;  ///< where TLS is ours
  Instant now;                                          ///< by the wall
  /// Those that are missing altogether have a problem, too. However they are, calls are served.
  std::vector<FollowerCondition> followers;
};

/// {"status": "ok" | "recovering" | "degraded", ...}; whether calls are served: also while recovering. Layout:
/// docs/protocol.md.
std::pair<bool, std::string> health_json(const core::State& state, const Condition& condition);

/// Prometheus text format 0.0.4.
class Metrics {
 public:
  /// Counts what happened; call for each commit.
  void happened(const core::State& state, const std::vector<core::Event>& events);
  std::string text(const core::State& state, const Condition& condition) const;

 private:
  std::int64_t calls_ = 0, answered_ = 0, in_5_s_ = 0, in_10_s_ = 0, abandoned_ = 0, refused_ = 0, cut_off_ = 0,
               placed_ = 0, picked_up_ = 0;
  std::int64_t test_calls_ = 0, alerts_ = 0, acknowledged_ = 0, refused_commands_ = 0, refused_sign_ins_ = 0;
  std::int64_t events_ = 0, commits_ = 0;
};

}  // namespace sigap::runtime
