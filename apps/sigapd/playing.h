// Recordings are found again and heard: the index of them, the player, and their place in the server.
#pragma once
#include <memory>

#include "adapters/vault/vault_sodium.h"
#include "config/config.h"
#include "runtime/core_thread.h"
#include "runtime/followers/recording_keeper.h"
#include "runtime/recordings/player.h"
#include "runtime/screens/gateway.h"
#include "runtime/vault_sealer.h"

namespace sigap::sigapd {

class Playing {
 public:
  /// Opens the index, and journal and vault a second time to be read. Refusals: theirs. The line answers without.
  static Result<std::unique_ptr<Playing>> begin(const config::Config& config, runtime::CoreThread& core,
                                                runtime::Gateway& gateway);
  ~Playing();
  runtime::RecordingKeeper& keeper() { return *keeper_; }

 private:
  Playing() = default;
  std::unique_ptr<vault::VaultSodium> vault_;  ///< the keeper's
  std::unique_ptr<runtime::VaultSealer> sealer_;
  std::unique_ptr<runtime::Player> player_;
  std::unique_ptr<runtime::RecordingKeeper> keeper_;
};

}  // namespace sigap::sigapd
