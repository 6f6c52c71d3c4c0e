#include "codec/describe_domain.h"
#include "codec/tables.h"
#include "codec/type_of.h"

namespace sigap::codec {

template const Type& type_of<core::Event>();
template const Type& type_of<core::EventBody>();

}  // namespace sigap::codec
