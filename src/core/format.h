// Formats of the journal, so that an upgrade can be taken back (docs/formats/journal.md, docs/adr/0012). A journal that
// exists keeps its format under a newer program until an operator raises it; what its format has no word for
// (codec/describe.h: SIGAP_SINCE) is not written and does not happen.
#pragma once
#include <cstdint>

namespace sigap::core {

/// The newest that this program reads, and that of a journal which it begins.
inline constexpr std::int64_t kFormat = 2;

/// Without which format a command or input is no use, for what it causes has no word before. Said where it is declared:
/// `template <> inline constexpr std::int64_t kFormatOf<Name> = 2;`
template <class>
inline constexpr std::int64_t kFormatOf = 1;

}  // namespace sigap::core
