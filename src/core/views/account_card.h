// How a viewer signs in, as their own screens show it: part of SelfCard (cards.h).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/command.h"

namespace sigap::core {

/// A passkey of the viewer.
struct PasskeyCard {
  std::string credential;
  std::string name;
  Instant since;
  std::optional<Instant> used;
  std::optional<Instant> cloned;  ///< since then it opens nothing: there are two of it
  bool operator==(const PasskeyCard&) const = default;
};
/// A sign-in of the viewer: the one that is, or one of the last that are over.
struct SignInCard {
  SessionId session;
  std::string device;  ///< browser and system
  Instant since;
  std::optional<Instant> seen;  ///< when its browser was last there, or it ended; none: it is there
  bool here = false;
  bool connected = false;
  std::optional<people::SessionEnd> how;  ///< none: it is not over
  bool operator==(const SignInCard&) const = default;
};
/// A device that the viewer had never signed in on before, told wherever they are signed in but on it.
struct NewDeviceCard {
  std::string device;
  Instant at;
  bool operator==(const NewDeviceCard&) const = default;
};
/// How the viewer signs in.
struct AccountCard {
  std::optional<Instant> totp;      ///< since when their telephone shows codes
  std::int64_t recovery_codes = 0;  ///< left
  std::vector<PasskeyCard> passkeys;
  std::vector<SignInCard> sign_ins;  ///< newest first
  std::vector<NewDeviceCard> new_devices;
  bool owes_factor = false;  ///< until a second factor is set up nothing else is shown or done
  bool operator==(const AccountCard&) const = default;
};

}  // namespace sigap::core
