// Holds the recorder's sockets and nothing else, starts the process that writes, and starts it again when it dies: what
// comes meanwhile waits in the sockets. If the keeper itself dies, the other one writes on.
#pragma once
#include "recorder/sockets.h"

namespace sigap::recorder {

/// Until it is told to end (SIGTERM, SIGINT) or the one that writes ends on purpose. Yields the exit code.
int keep(const RecorderConfig& config, const Sockets& sockets);

}  // namespace sigap::recorder
