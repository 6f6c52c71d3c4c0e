// What people decided at the command line, who and why: KEYS/decisions, a line each, in front its seal
// (docs/formats/journal.md).
#pragma once
#include <string>

#include "base/result.h"
#include "sigap/commands.h"

namespace sigap::cli {

/// Durable when it returns. The refusals are the vault's, and "io".
Result<bool> note_decision(const Folders& folders, const std::string& what, const std::string& reason);

}  // namespace sigap::cli
