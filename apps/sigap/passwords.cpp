#include "sigap/passwords.h"

#include "adapters/vault/vault_sodium.h"

namespace sigap::cli {

std::string random_password() {
  static constexpr char kLetters[] = "abcdefghjkmnpqrstuvwxyz23456789x";
  const auto hex = vault::EntropySodium().hex(20);
  std::string password;
  for (std::size_t i = 0; i < 20; ++i) {
    if (i > 0 && i % 5 == 0) password += '-';
    password += kLetters[std::stoul(hex.substr(2 * i, 2), nullptr, 16) % 32];
  }
  return password;
}

}  // namespace sigap::cli
