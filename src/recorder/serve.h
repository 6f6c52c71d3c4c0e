// The process that writes: hears packets and orders until it is told to end (SIGTERM), or its folder is gone.
#pragma once
#include "recorder/sockets.h"

namespace sigap::recorder {

/// Yields the exit code: 0 when it ended on purpose.
int serve(const RecorderConfig& config, const Sockets& sockets);

}  // namespace sigap::recorder
