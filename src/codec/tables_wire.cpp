#include "codec/describe_wire.h"
#include "codec/tables.h"
#include "codec/type_of.h"

namespace sigap::codec {

template const Type& type_of<core::Command>();
template const Type& type_of<core::ClientMessage>();
template const Type& type_of<core::ServerMessage>();

}  // namespace sigap::codec
