// Prints tables as TypeScript types: branded ids, unions of literals for enumerations, discriminated unions for
// variants.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "codec/type.h"

namespace sigap::codec {

/// Each pair is the name and table of a variant to export; what they are made of follows by itself.
std::string print_typescript(const std::vector<std::pair<std::string, const Type*>>& unions);

}  // namespace sigap::codec
