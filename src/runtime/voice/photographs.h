// Photographs of callers, from a page's bytes to the operator's screen.
//   take: maker (worker) -> seal with the call's key (core) -> file (worker) -> PhotographSealed (core, journal) ->
//   done show: ViewPhotograph (core, journal) -> file (worker) -> open (core) -> shown
// Invariants: a call waits for none of it: what is slow runs on a worker, and one call has one photograph under way; a
// file is on disk before the journal names it; nobody is shown what is not written down as seen; what is sealed belongs
// to a call that is live then. Core thread, but for the worker's jobs.
#pragma once
#include <functional>
#include <set>
#include <string>

#include "ports/photographs.h"
#include "ports/vault.h"
#include "runtime/core_thread.h"
#include "runtime/worker.h"

namespace sigap::runtime {

class Photographs {
 public:
  /// Called once, on the core's thread.
  using Taken = std::function<void(std::optional<Refusal>)>;
  using Shown = std::function<void(Result<std::string> jpeg)>;

  Photographs(CoreThread& core, ports::Vault& vault, ports::PhotographMaker& maker, ports::SealedFiles& files)
      : core_(core), vault_(vault), maker_(maker), files_(files) {}

  /// Refused with "over", "busy" (one is under way, or too many of all), "too_many", "no_photograph", "too_large",
  /// "disk", "failed", and as core::PhotographSealed is. One whose name is known is done.
  void take(const LegId& leg, std::string name, std::string file, Taken taken);
  /// Refused as core::ViewPhotograph is, and with "gone", "busy".
  void show(SessionId session, CallId call, const std::string& sha256, Shown shown);
  /// Their keys are gone: their files go, too.
  void forget(const std::vector<CallId>& calls);
  /// At a start: files that no key opens any more, of calls that were forgotten as a process ended.
  void sweep();

  static constexpr std::size_t kAtOnce = 20;  ///< half a second each; beyond, a page says it again; own

 private:
  void keep(const LegId& leg, const std::string& name, const ports::MadePhotograph& made, const Taken& taken);

  CoreThread& core_;
  ports::Vault& vault_;
  ports::PhotographMaker& maker_;
  ports::SealedFiles& files_;
  std::set<LegId> under_way_;
  Worker worker_;  ///< last: it stops first
};

}  // namespace sigap::runtime
