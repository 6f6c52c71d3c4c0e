// The state as it stands in a checkpoint, and its hash.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "codec/sealer.h"
#include "core/state.h"

namespace sigap::codec {

std::string write_state(const core::Facts& facts, Sealer& sealer);
/// Refused as well when it is of another fold, or of a journal of a newer format.
Result<core::State> read_state(std::string_view text, Sealer& sealer);
/// The state without anything personal: equal for equal folds, with or without keys. Its SHA-256 is the state hash.
std::string hashable_text(const core::Facts& facts);

}  // namespace sigap::codec
