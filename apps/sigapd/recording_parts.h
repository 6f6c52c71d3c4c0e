// What records calls, together or not at all.
#pragma once
#include <memory>

#include "adapters/recorder/recorder_hand.h"
#include "config/config.h"
#include "ports/vault.h"
#include "runtime/voice/recordings.h"
#include "runtime/voice/switchboard.h"

namespace sigap::sigapd {

struct RecordingParts {
  RecordingParts(recorder::HandConfig config, runtime::CoreThread& core, ports::Media& media, ports::Vault& vault);
  recorder::RecorderHand recorder;
  runtime::Recordings recordings;
};

/// Nothing when calls are not recorded. `vault` is the core's thread's own.
std::unique_ptr<RecordingParts> recording_parts(const config::Config& config, runtime::CoreThread& core,
                                                ports::Media& media, runtime::Switchboard& switchboard,
                                                ports::Vault& vault);

}  // namespace sigap::sigapd
