// What a TURN relay asks for, made from a secret that it shares with us: the user's name says until when it is good,
// the credential is HMAC-SHA1 of that name. The relay keeps no list of users, and asks nobody.
// Source: draft-uberti-behave-turn-rest-00, as coturn has it (use-auth-secret, static-auth-secret).
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "keys/locked_bytes.h"

namespace sigap::keys {

class RelaySecret {
 public:
  static constexpr std::size_t kLeast = 32, kMost = 128;  ///< characters; own

  struct Credentials {
    std::string user, credential;
  };

  /// The first line of a file. Refusals: "no_key" (missing, or not 32 to 128 visible characters), "key_open_to_others"
  /// (others than its owner and group may read it).
  static Result<RelaySecret> read(const std::filesystem::path& file);

  /// Good until then, for a name that no other call has.
  Credentials give(Instant until, std::string_view name) const;
  /// For the relay's own configuration, and nothing else.
  std::string_view reveal() const { return {reinterpret_cast<const char*>(text_.data()), size_}; }

 private:
  LockedBytes<kMost> text_;
  std::size_t size_ = 0;
};

}  // namespace sigap::keys
