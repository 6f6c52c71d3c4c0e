#include "codec/describe_state.h"
#include "codec/tables.h"
#include "codec/type_of.h"

namespace sigap::codec {

template const Type& type_of<core::Facts>();
template const Type& type_of<incidents::State>();

}  // namespace sigap::codec
