// What is held of events, compiled once: base/closed_variant.h.
#include "base/closed_variant_made.h"
#include "core/event.h"

namespace sigap {

template class ClosedVariant<core::EventKinds>;

}  // namespace sigap
