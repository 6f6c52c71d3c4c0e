// The tables (type.h) of what is written whole. Made once, in tables_*.cpp: to make one is dear to compile.
#pragma once
#include "codec/type.h"
#include "core/event.h"
#include "core/state.h"
#include "core/views/wire.h"

namespace sigap::codec {

extern template const Type& type_of<core::Event>();
extern template const Type& type_of<core::EventBody>();
extern template const Type& type_of<core::Facts>();
extern template const Type& type_of<incidents::State>();
extern template const Type& type_of<core::Command>();
extern template const Type& type_of<core::ClientMessage>();
extern template const Type& type_of<core::ServerMessage>();

}  // namespace sigap::codec
