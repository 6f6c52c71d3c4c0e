// Objects to JSON text and back, by their tables.
// Forms: ids and times are numbers, codes strings, enumerations their labels, an absent optional is no member, maps are
// lists of pairs, a variant is its alternative's object with "type" first, Personal is {"subject", "sealed"}. Refusals
// ("invalid"): what is missing, unknown, of the wrong kind, out of range, twice, or not UTF-8; `field` is its path.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "codec/sealer.h"
#include "codec/type.h"

namespace sigap::codec {

/// What is written of Personal values.
enum class Secrets {
  sealed,   ///< with the sealer
  left_out  ///< the subject only: for hashes that must not depend on keys
};

/// `place` is prefixed to the paths that sealing authenticates.
std::string write_json(const Type& type, const void* object, Sealer* sealer, std::string_view place,
                       Secrets secrets = Secrets::sealed);
Result<bool> read_json(const Type& type, void* object, std::string_view text, Sealer* sealer, std::string_view place);

}  // namespace sigap::codec
