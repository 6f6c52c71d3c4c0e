// A consistent copy of a database while another process may be writing it (sqlite.org/backup.html), also from media
// that cannot be written.
#pragma once
#include <filesystem>

#include "base/result.h"

namespace sigap::sqlite {

/// Refusals: "exists" (never overwrites), "io", those of open_existing().
Result<bool> copy_database(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace sigap::sqlite
