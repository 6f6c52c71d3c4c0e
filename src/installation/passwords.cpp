#include "installation/passwords.h"

#include <cstdlib>

#include "adapters/vault/vault_sodium.h"

namespace sigap::installation {

std::string random_password() {
  static constexpr char kLetters[] = "abcdefghjkmnpqrstuvwxyz23456789x";
  vault::EntropySodium entropy;
  std::string password;
  for (std::size_t count = 0; count < 20;) {
    const char letter = kLetters[std::stoul(entropy.hex(1), nullptr, 16) % 32];
    // Nothing that chance made look like a row: the server takes none of those.
    if (!password.empty() && std::abs(password.back() - letter) <= 1) continue;
    if (count > 0 && count % 5 == 0) password += '-';
    password += letter;
    ++count;
  }
  return password;
}

}  // namespace sigap::installation
