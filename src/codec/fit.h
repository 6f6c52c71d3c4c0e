// Formats of the journal: what an older one cannot say (docs/formats/journal.md, "Formats"; describe.h: SIGAP_SINCE).
#pragma once
#include <cstdint>

#include "codec/type.h"
#include "core/event.h"

namespace sigap::codec {

/// Takes out of an object what came after this format: optional members, and optional ones that hold something newer.
/// False: it is newer itself, or something in it is that cannot be left out; then it must not be written.
bool fit(const Type& type, void* object, std::int64_t format);
bool fit(core::Event& event, std::int64_t format);
/// The newest that anything in the type came with.
std::int64_t newest_format(const Type& type);

}  // namespace sigap::codec
