// The files of rows that another machine's changes overtook (vault_rows.h): DATA/aside-keys-*.txt, a line each:
//   number, "key" or "caller", name, hex of the value
// What is forgotten is forgotten there, too: its value is overwritten in place, the line stays.
#pragma once
#include <filesystem>
#include <set>
#include <string>

#include "ports/replica.h"

namespace sigap::vault {

/// Durable when it returns. Refusal "io".
Result<bool> forget_aside(const std::filesystem::path& data_folder, ports::VaultTable table,
                          const std::set<std::string>& names);

}  // namespace sigap::vault
