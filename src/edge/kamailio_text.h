// The parts of kamailio.cfg that are the same everywhere. Words between at-signs are filled in by kamailio.cpp.
#pragma once

namespace sigap::edge {

extern const char* const kKamailioSettings;  ///< core, modules and their limits
extern const char* const kKamailioTls;       ///< only with edge.tls
extern const char* const kKamailioRoutes;    ///< what becomes of a message

}  // namespace sigap::edge
