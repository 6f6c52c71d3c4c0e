// The recorder's two doors: where copies of voices come, and where it is told what to write. Made once, by a process
// that does nothing else and so lives on when the one that writes dies (keeper.h): what comes meanwhile waits.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace sigap::recorder {

struct RecorderConfig {
  std::filesystem::path folder;
  std::string address = "127.0.0.1";  ///< where copies come, and from: the media process is on this machine
  std::uint16_t port = 0;             ///< 0: the one it had before, else any
  std::int64_t reserve_bytes = 0;     ///< that it leaves free on the disk
};

struct Sockets {
  int voices = -1;   ///< UDP, with the time at which each packet came
  int control = -1;  ///< listens at folder/recorder.sock; for this account alone
  int folder = -1;   ///< the folder itself: tells when it is gone
  std::uint16_t port = 0;
};

/// The folder is made, private, and locked for as long as one of our processes has it. Refusals: "taken" (another
/// recorder has it), "io".
Result<Sockets> open_sockets(const RecorderConfig& config);

}  // namespace sigap::recorder
