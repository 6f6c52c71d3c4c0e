// The form that reviews are answered by, as an installation writes it: one TOML file with a [[criterion]] for each
// question (data/indonesia/review-form.toml). Read at each start; what differs from the newest form becomes its next
// version.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/quality/review.h"

namespace sigap::config {

/// Refusals: "io", "invalid" as FILE:LINE: KEY: reason.
Result<std::vector<quality::Criterion>> load_review_form(const std::filesystem::path& file);
/// As [quality] all_of names it: "complaint"; nothing of what it may not name.
std::optional<quality::SampleReason> sample_reason(const std::string& name);

}  // namespace sigap::config
