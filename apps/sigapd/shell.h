// Runs a command of the configuration in a shell, with a limit: a command that hangs must not hold up a takeover.
#pragma once
#include <string>

namespace sigap::sigapd {

inline constexpr int kCommandLimit_s = 5;

/// True when it ended with 0 in time. An empty command does nothing and is fine.
bool run_in_shell(const std::string& command);

}  // namespace sigap::sigapd
