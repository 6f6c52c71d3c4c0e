// What a journal says was forgotten.
#pragma once
#include <set>
#include <string>

#include "base/result.h"
#include "ports/journal.h"

namespace sigap::cli {

struct Forgotten {
  std::set<std::string, std::less<>> subjects;
  std::size_t by_request = 0, by_retention = 0;  ///< records
};

/// Reads it all, without any key.
Result<Forgotten> forgotten_in(ports::Journal& journal);

}  // namespace sigap::cli
