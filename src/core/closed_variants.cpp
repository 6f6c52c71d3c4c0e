// What is held of them, compiled once: base/closed_variant.h.
#include "base/closed_variant_made.h"
#include "core/effect.h"
#include "core/input.h"
#include "core/views/wire.h"

namespace sigap {

template class ClosedVariant<core::CommandKinds>;
template class ClosedVariant<core::InputKinds>;
template class ClosedVariant<core::EffectKinds>;
template class ClosedVariant<core::ClientKinds>;
template class ClosedVariant<core::ServerKinds>;

}  // namespace sigap
