#include "sigapd/recording_parts.h"

#include "base/personal.h"
#include "sigapd/hand_configs.h"

namespace sigap::sigapd {

RecordingParts::RecordingParts(recorder::HandConfig config, runtime::CoreThread& core, ports::Media& media,
                               ports::Vault& vault)
    : recorder(std::move(config)), recordings(core, media, recorder, [&vault](CallId call, RecordingId recording) {
        return vault.recording_key(subject_of(call).value, recording);
      }) {}

std::unique_ptr<RecordingParts> recording_parts(const config::Config& config, runtime::CoreThread& core,
                                                ports::Media& media, runtime::Switchboard& switchboard,
                                                ports::Vault& vault) {
  auto recorder_config = recorder_of(config);
  if (!recorder_config) return nullptr;
  auto parts = std::make_unique<RecordingParts>(std::move(*recorder_config), core, media, vault);
  switchboard.set_joined([recordings = &parts->recordings](const LegId& leg) { recordings->joined(leg); });
  return parts;
}

}  // namespace sigap::sigapd
