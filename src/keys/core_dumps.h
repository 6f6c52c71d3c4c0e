// For the mains that hold keys.
#pragma once

namespace sigap::keys {

/// No core file of this process, and no other process of its account may look into its memory (ptrace, /proc/PID/mem).
/// Programs that it starts are readable again, but leave no core file either.
/// Source: prctl(2) PR_SET_DUMPABLE; core(5): a core_pattern that is a pipe does not ask RLIMIT_CORE.
void forbid_core_dumps();

}  // namespace sigap::keys
