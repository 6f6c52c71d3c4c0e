// This machine in its network: the addresses by which telephones and desks of a room reach it, and how they are told.
#pragma once
#include <string>
#include <vector>

namespace sigap::cli {

struct Lan {
  std::string machine;                 ///< its name, as a host's
  std::vector<std::string> addresses;  ///< IPv4; the one towards the rest of the world first
};

/// No address: it is in no network.
Lan this_machine();

/// For the camera of a telephone, in the terminal. Says so when it cannot be drawn (Debian: qrencode).
void show_as_picture(const std::string& url);

}  // namespace sigap::cli
