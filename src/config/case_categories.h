// What complaints can be about, as an installation writes it: one TOML file with a [[category]] for each
// (data/indonesia/case-categories.toml). Read at each start.
#pragma once
#include <filesystem>
#include <vector>

#include "base/result.h"
#include "domain/cases/case.h"

namespace sigap::config {

/// Refusals: "io", "invalid" as FILE:LINE: KEY: reason.
Result<std::vector<cases::Category>> load_case_categories(const std::filesystem::path& file);

}  // namespace sigap::config
