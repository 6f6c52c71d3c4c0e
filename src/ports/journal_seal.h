// The journal's seal: a keyed hash (MAC) that only a holder of the master key can make. The journal knows no key and
// the vault no journal; they meet above both, by these two functions.
#pragma once
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sigap::ports {

/// Makes the seal of some parts in their order, in hex digits: equal parts give an equal seal. Any thread may call it.
using JournalSeal = std::function<std::string(std::initializer_list<std::string_view> parts)>;

/// Makes the sealing function when a journal is opened (and locked, if it is to be written). `fresh` says that it has
/// no line yet, so a key may be made.
using JournalSealMaker = std::function<Result<JournalSeal>(bool fresh)>;

}  // namespace sigap::ports
