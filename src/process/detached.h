// A program that is to outlive who started it: in a session of its own, with nothing of ours open.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace sigap::process {

/// `words`: the program, found as the shell finds one, and its arguments. What it says goes to the end of `log`; empty:
/// nowhere. Yields its process id; one that cannot be started ends at once, with 127.
int start_detached(const std::vector<std::string>& words, const std::filesystem::path& log = {});

}  // namespace sigap::process
