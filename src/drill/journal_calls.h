// Which calls a journal knows, by the Call-ID that their callers gave them.
#pragma once
#include <filesystem>
#include <set>
#include <string>

#include "base/result.h"

namespace sigap::drill {

/// Reads all of it, also while a server writes. Refusal: the journal's or the vault's.
Result<std::set<std::string>> call_ids_in_journal(const std::filesystem::path& data, const std::filesystem::path& keys);

}  // namespace sigap::drill
