// Passwords made for people: easy to read out, 98 bits.
#pragma once
#include <string>

namespace sigap::installation {

/// 20 characters of 32 that are not mistaken for each other, in groups of five; none beside its neighbour in the
/// alphabet.
std::string random_password();

}  // namespace sigap::installation
