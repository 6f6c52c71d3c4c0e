// Keys of 32 bytes: in files, in memory, and derived for one purpose each.
// Invariants: a key never leaves locked memory but into the file it is kept in; two purposes never share a key.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "keys/locked_bytes.h"

namespace sigap::keys {

using Key = LockedBytes<32>;

/// A key for one purpose only, so that no two uses of a key can meet: BLAKE2b of the purpose, keyed.
Key derive(const Key& key, std::string_view purpose);

/// The first 32 bytes of a file. `name` is for the sentences ("master key"). Refusals: "no_key" (missing, or too
/// short), "key_open_to_others" (its mode is not 0600).
Result<Key> read_key(const std::filesystem::path& file, const std::string& name);

/// A new random one, durable when it returns. Refusal "io", also when there is one already.
Result<Key> make_key(const std::filesystem::path& file, const std::string& name);

}  // namespace sigap::keys
