// What the kernel says of another process on this machine: whether it works, waits for a processor, or has ended. A
// second sign beside an answer that does not come: slow is not dead.
#pragma once
#include <optional>

#include "base/time.h"

namespace sigap::process {

/// Of a process on this machine, since it began. Source: proc_pid_stat(5), /proc/PID/task/TID/schedstat (the kernel's
/// Documentation/scheduler/sched-stats).
struct Signs {
  bool ended = false;
  bool wants = false;  ///< one of its threads is ready to run, or waits for a disk
  Duration worked;     ///< processor time
  Duration waited;     ///< ready to run, and no processor was free
};

/// Nothing when there is no such process, or when it has ended and nobody has asked for its exit code yet.
std::optional<Signs> signs_of(int process);

}  // namespace sigap::process
